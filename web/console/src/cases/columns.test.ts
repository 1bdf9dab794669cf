import { loadCatalogue } from '@shared/catalogue/catalogue'
import type { ListView } from '@shared/catalogue/shape'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { columnsOf, filtersOf, flagsOf, tabOf } from './columns'
import type { CaseRow } from '@shared/api/answers'
import { inOrder } from '../imports/targets'

const FORM = {
  key: 'thing',
  title: '事',
  fields: [
    { key: 'level', title: '级别', kind: 'choice', options: ['一般', '重大'] },
    { key: 'who', title: '责任人', kind: 'text', max: 20, personal: { category: 'staff-name' } },
    { key: 'listed', title: '挂牌', kind: 'yes-no' },
  ],
}
const KIND = {
  key: 'thing',
  title: '事',
  form: 'thing',
  summary: null,
  slots: ['level', 'listed'],
  states: [
    { key: 'a', title: '甲', stage: 'open' },
    { key: 'b', title: '乙', stage: 'open' },
  ],
  transitions: [{ verb: 'accept', title: '验收', from: ['b'], to: null, ask: [], offered: true }],
  ledger: null,
}
const target = (key: string) => ({ key, title: key, case: key, columns: [] })
const VIEW: ListView = {
  key: 'things',
  pack: 'p',
  title: '事台账',
  menu: 'act',
  phone: false,
  kind: 'list',
  case: 'thing',
  columns: ['number', 'level', 'who', 'state', 'gone'],
  filters: ['state'],
  sort: '',
  tabs: [
    { title: '未结', query: { stage: 'open' } },
    { title: '重大', query: { stage: 'open', level: '重大' } },
  ],
}

beforeAll(async () => {
  const catalogue = {
    version: '1',
    packs: [],
    cases: { thing: KIND },
    forms: { thing: FORM },
    rounds: {},
    ledgers: {},
    views: [VIEW],
  }
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify(catalogue))),
  )
  await loadCatalogue()
})

describe('a list of cases', () => {
  it('has the columns of the view that the form still knows, people by their first character', () => {
    const columns = columnsOf(VIEW)
    expect(columns.map(({ title }) => title)).toEqual(['编号', '级别', '责任人', '状态'])
    const row = { answers: { who: '李明辉', level: '一般' } } as unknown as CaseRow
    expect(columns[2]!.text(row)).toBe('李**')
    expect(columns.map(({ sortable }) => !!sortable)).toEqual([true, true, false, true])
  })

  it('shows the condition of a link among the filters though the view has none for it', () => {
    const filters = filtersOf(VIEW, { level: '重大', after: 'x', strange: '1' })
    expect(filters.map(({ key }) => key)).toEqual(['q', 'state', 'level'])
  })

  it('shows one of several states as a choice that can be taken back', () => {
    const state = filtersOf(VIEW, { state: 'a,b' }).find(({ key }) => key === 'state')
    expect(state).toMatchObject({ options: [{ value: 'a,b', title: '甲、乙' }, { value: 'a' }, { value: 'b' }] })
  })

  it('is on the tab that narrows most of those that fit', () => {
    expect(tabOf(VIEW, {})).toBe(-1)
    expect(tabOf(VIEW, { stage: 'open' })).toBe(0)
    expect(tabOf(VIEW, { stage: 'open', level: '重大' })).toBe(1)
    expect(tabOf(VIEW, { stage: 'closed', level: '重大' })).toBe(-1)
  })

  it('says what is waited for by the title of the act', () => {
    expect(flagsOf(VIEW, { todo: 'accept' })).toEqual([{ key: 'todo', title: '等我「验收」' }])
  })
})

describe('targets of imports', () => {
  it('come in the order of the menu, so that the usual one is chosen beforehand', () => {
    expect(inOrder([target('other'), target('thing')]).map(({ key }) => key)).toEqual(['thing', 'other'])
  })
})
