import type { Batch, Draft, DraftRow } from '@shared/api/answers'
import type { ImportTarget } from '@shared/api/answers'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import CommitBar from './CommitBar.vue'
import UndoBatch from './UndoBatch.vue'
import { cells, ofRow, shownColumns } from './cells'
import { committed, doubled, missingColumns, nextStep, useDraft } from './draft'

const LEDGER: ImportTarget = {
  key: 'things',
  title: '清单',
  case: 'thing',
  columns: [
    { key: 'place', title: '部位', required: true },
    { key: 'day', title: '时间', required: false },
    { key: 'note', title: '备注', required: false },
  ],
}
const DRAFT: Draft = {
  id: 'd',
  ledger: 'things',
  name: '清单.xlsx',
  unit: null,
  at: 0,
  batch: null,
  counts: { new: 5, update: 2, same: 7, suspect: 3, refused: 1 },
  notes: [],
  mapping: [{ sheet: '表', heading: '地点', key: 'place', confidence: 1 }],
  problems: [],
  suggestions: [],
  progress: null,
}
const dialog = { global: { stubs: { ElDialog: { template: '<div><slot /><slot name="footer" /></div>' } } } }

function answering(...answers: [number, unknown][]) {
  const fetched = vi.fn(async (path: string, request: RequestInit) => {
    void [path, request]
    const [status, body] = answers.length > 1 ? answers.shift()! : answers[0]!
    return new Response(JSON.stringify(body), { status })
  })
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const sent = (fetched: ReturnType<typeof answering>, at: number) => JSON.parse(String(fetched.mock.calls[at]![1].body))

describe('the step of a draft', () => {
  it('is the mapping while a heading is unsure, a required column has none, or the file has a problem', () => {
    const [binding] = DRAFT.mapping
    const problem = { code: '422.1', slug: '', message: '没有表头' }
    expect(nextStep(DRAFT, LEDGER)).toBe('check')
    expect(nextStep({ ...DRAFT, mapping: [{ ...binding!, confidence: 0.6 }] }, LEDGER)).toBe('map')
    expect(nextStep({ ...DRAFT, mapping: [] }, LEDGER)).toBe('map')
    expect(nextStep({ ...DRAFT, problems: [problem] }, LEDGER)).toBe('map')
  })

  it('is reading before, and done after everything else', () => {
    expect(nextStep({ ...DRAFT, progress: { phase: 'reading', done: 1, total: 9 } }, LEDGER)).toBe('read')
    expect(nextStep({ ...DRAFT, batch: 'b' }, LEDGER)).toBe('done')
  })

  it('names required columns without heading, and columns read twice in one sheet', () => {
    const twice = [{ sheet: '表', heading: '何处', key: 'place', confidence: 1 }, ...DRAFT.mapping]
    expect(missingColumns(LEDGER, [])).toEqual(['部位'])
    expect(doubled(LEDGER, twice)).toEqual(['表：部位'])
    expect(doubled(LEDGER, [...DRAFT.mapping, { ...DRAFT.mapping[0]!, sheet: '另表' }])).toEqual([])
  })
})

describe('a draft being read', () => {
  afterEach(() => vi.useRealTimers())

  it('is asked for every second until it is there, and no longer once the page is left', async () => {
    vi.useFakeTimers()
    const reading = { ...DRAFT, progress: { phase: 'reading', done: 1, total: 9 } }
    const fetched = answering([200, reading], [200, reading], [200, DRAFT])
    const scope = effectScope()
    const ask = scope.run(() => useDraft(() => 'd'))!
    await vi.advanceTimersByTimeAsync(2500)
    expect(ask.data?.progress).toBeNull()
    await vi.advanceTimersByTimeAsync(5000)
    expect(fetched).toHaveBeenCalledTimes(3)
    answering([200, reading])
    void ask.again()
    await vi.advanceTimersByTimeAsync(1)
    scope.stop()
    const after = answering([200, reading])
    await vi.advanceTimersByTimeAsync(3000)
    expect(after).not.toHaveBeenCalled()
  })
})

describe('the preview', () => {
  const row: DraftRow = {
    sheet: '表',
    row: 7,
    sort: 'refused',
    values: { place: '三楼' },
    problems: [
      { key: 'day', column: '时间', found: '9.31', message: '9月没有31日', suggestion: null, doubt: false },
      { key: null, column: null, found: '', message: '和第 3 行重复', suggestion: null, doubt: true },
    ],
    pictures: 0,
    changes: { place: ['二楼', '三楼'] },
  }

  it('shows a wrong value as it was found, at its cell, and what it was before', () => {
    const [place, day] = cells(row, LEDGER.columns)
    expect(place).toEqual({ key: 'place', text: '三楼', before: '二楼' })
    expect(day).toMatchObject({ text: '9.31', problem: { message: '9月没有31日' } })
  })

  it('says what concerns the row at the row, and leaves out columns of which nothing is said', () => {
    expect(ofRow(row, LEDGER.columns).map(({ message }) => message)).toEqual(['和第 3 行重复'])
    expect(shownColumns(LEDGER, [row]).map(({ key }) => key)).toEqual(['place', 'day'])
  })
})

describe('committing', () => {
  it('waits while a row is refused, until the good rows alone are wanted', async () => {
    const fetched = answering([200, { batch: 'b', created: 5, updated: 2, same: 7 }])
    const bar = mount(CommitBar, { props: { draft: DRAFT } })
    const button = () => bar.find<HTMLButtonElement>('button.primary').element
    expect(button().disabled).toBe(true)
    const [suspects, good] = bar.findAll('input')
    await good!.setValue(true)
    expect(button().textContent).toContain('导入 7 行')
    await suspects!.setValue(true)
    expect(button().textContent).toContain('导入 10 行')
    await bar.find('button.primary').trigger('click')
    await flushPromises()
    expect(sent(fetched, 0)).toEqual({ good_rows_only: true, suspects: true })
    expect(bar.emitted('done')).toHaveLength(1)
    expect(committed(DRAFT, false)).toBe(7)
  })
})

describe('undoing a batch', () => {
  const batch: Batch = {
    id: 'b',
    kind: 'thing',
    unit: null,
    name: '清单.xlsx',
    at: 0,
    state: 'committed',
    counts: [5, 2, 7],
  }

  it('wants every case that someone acted on since confirmed by itself', async () => {
    const acted = ['c1', 'c2'].map((field) => ({
      code: '409.5',
      slug: 'batch-acted-on',
      field,
      message: `${field}已有人办理`,
    }))
    const fetched = answering([409, { code: '409.5', detail: '', problems: acted }], [200, { withdrawn: 5 }])
    const asked = mount(UndoBatch, { props: { batch }, ...dialog })
    expect(asked.text()).toContain('新登记的 5 件会全部撤销')
    await asked.find('.danger').trigger('click')
    await flushPromises()
    const button = () => asked.find<HTMLButtonElement>('.danger').element
    expect(button().disabled).toBe(true)
    const boxes = asked.findAll('input')
    await boxes[0]!.setValue(true)
    expect(button().disabled).toBe(true)
    await boxes[1]!.setValue(true)
    expect(button().disabled).toBe(false)
    await asked.find('.danger').trigger('click')
    await flushPromises()
    await nextTick()
    expect(sent(fetched, 1)).toEqual({ confirmed: ['c1', 'c2'] })
    expect(asked.emitted('done')).toHaveLength(1)
  })
})
