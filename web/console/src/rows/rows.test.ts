import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import RowTable from './RowTable.vue'
import { readQuery, writeQuery, type Column, type Filter } from './columns'

interface Row {
  id: string
  name: string
  count: number
}

const FILTERS: Filter[] = [
  { key: 'name', title: '名称', kind: 'text' },
  { key: 'state', title: '状态', kind: 'choice', options: [{ value: 'open', title: '未结' }] },
  { key: 'opened_on', title: '登记日', kind: 'days' },
]
const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '名称', text: (row) => row.name, sortable: true },
  { key: 'count', title: '数量', text: (row) => String(row.count), figure: true },
  { key: 'note', title: '备注', text: () => '无', optional: true },
]
const ROWS: Row[] = ['甲', '乙', '丙'].map((name, index) => ({ id: `r${index}`, name, count: index }))

let router: Router

beforeEach(async () => {
  localStorage.clear()
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { template: '<p />' } }] })
  await router.push('/')
})

function open(props: object = {}, next: string | null = 'c1') {
  const ask = reactive({ data: { rows: ROWS, total: 3, next }, failure: undefined, busy: false, again: vi.fn() })
  return mount(RowTable<Row>, {
    props: { label: '表', columns: COLUMNS, filters: FILTERS, ask, sort: '-name', selectable: true, ...props },
    slots: { bulk: '<b class="bulk-slot">{{ params.ids }}</b>' },
    global: { plugins: [router] },
    attachTo: document.body,
  })
}

const press = async (key: string) => {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await flushPromises()
}

describe('the address of a table', () => {
  it('leaves out defaults and keeps other names', () => {
    const query = { filters: { state: 'open' }, sort: '-name', after: '', limit: 20 }
    expect(writeQuery(query, FILTERS, '-name', { tab: '2', name: '旧' })).toEqual({ tab: '2', state: 'open' })
  })

  it('is read back as it was written, and a foreign size is not taken', () => {
    const query = { filters: { opened_on: '2026-01-01..' }, sort: 'name', after: 'x~1', limit: 50 }
    expect(readQuery(writeQuery(query, FILTERS, '', {}) as Record<string, string>, FILTERS, '')).toEqual(query)
    expect(readQuery({ limit: '5000' }, FILTERS, '').limit).toBe(20)
  })
})

describe('the table', () => {
  it('puts a filter and an order into the address and begins at the first page', async () => {
    await router.push('/?after=c9')
    const table = open()
    await table.find('input[type=search]').setValue('甲')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ name: '甲' })
    await table.find('th button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ name: '甲', sort: 'name' })
    table.unmount()
  })

  it('goes on by the cursor and back to where it came from', async () => {
    await router.push('/?after=c0')
    const table = open()
    const [back, next] = table.findAll('footer button')
    await next!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ after: 'c1' })
    await back!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ after: 'c0' })
    table.unmount()
  })

  it('has no next page after the last', () => {
    const table = open({}, null)
    expect(table.findAll('footer button')[1]!.attributes('disabled')).toBeDefined()
    table.unmount()
  })

  it('moves by j and k, opens by Enter, selects by x, rests by Esc', async () => {
    const table = open()
    await press('j')
    await press('j')
    await press('k')
    await press('j')
    await press('Enter')
    expect(table.emitted('open')).toEqual([[ROWS[1]]])
    await press('x')
    expect(table.emitted('update:selected')!.at(-1)).toEqual([['r1']])
    await press('Escape')
    expect(table.emitted('update:selected')!.at(-1)).toEqual([[]])
    table.unmount()
  })

  it('lets one type j in a filter', async () => {
    const table = open()
    table.find<HTMLInputElement>('input[type=search]').element.focus()
    await press('j')
    expect(document.activeElement?.tagName).toBe('INPUT')
    table.unmount()
  })

  it('hides optional columns and remembers the choice', async () => {
    localStorage.setItem('columns:表', 'count')
    const table = open()
    await nextTick()
    expect(table.findAll('th').map((head) => head.text().replace('↓', ''))).toEqual(['', '名称', '备注'])
    table.unmount()
  })

  it('draws no row anew for a tick, and only the one that the keys are at', async () => {
    const drawn: string[] = []
    const columns = [{ key: 'name', title: '名称', text: (row: Row) => (drawn.push(row.name), row.name) }]
    const table = open({ columns })
    const boxes = () => table.findAll<HTMLInputElement>('tbody input').map(({ element }) => element.checked)
    drawn.length = 0
    await table.setProps({ selected: ['r1'] })
    expect(boxes()).toEqual([false, true, false])
    await press('j')
    expect(new Set(drawn)).toEqual(new Set(['甲']))
    drawn.length = 0
    await router.push('/?state=open')
    await flushPromises()
    expect(drawn).toEqual([])
    table.unmount()
  })

  it('shows the rows again after it was empty', async () => {
    const ask = reactive({
      data: { rows: ROWS, total: 3, next: null },
      failure: undefined,
      busy: false,
      again: vi.fn(),
    })
    const table = open({ ask })
    ask.data = { rows: [], total: 0, next: null }
    await nextTick()
    expect(table.findAll('tbody tr')).toHaveLength(0)
    ask.data = { rows: ROWS, total: 3, next: null }
    await nextTick()
    await table.findAll('tbody input')[2]!.trigger('change')
    await table.setProps({ selected: ['r2'] })
    expect(table.findAll('tbody tr').map((row) => row.text())).toEqual(['甲0', '乙1', '丙2'])
    expect(table.findAll<HTMLInputElement>('tbody input')[2]!.element.checked).toBe(true)
    table.unmount()
  })

  it('says why it is empty and offers to clear the filters', async () => {
    await router.push('/?state=open')
    const ask = reactive({ data: { rows: [], total: 0, next: null }, failure: undefined, busy: false, again: vi.fn() })
    const table = open({ ask })
    expect(table.text()).toContain('没有符合这些条件的记录')
    await table.find('.panel button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({})
    table.unmount()
  })
})
