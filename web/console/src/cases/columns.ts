/** Columns, filters and tabs of a list of cases, read from a pack's view. */
import type { CaseRow } from '@shared/api/answers'
import { caseKind, fieldOf } from '@shared/catalogue/catalogue'
import type { FormField, ListView } from '@shared/catalogue/shape'
import { here } from '@shared/session/session'
import { listText } from '@shared/words/answers'
import { dayText, dueText } from '@shared/words/dates'
import type { LocationQuery } from 'vue-router'
import type { Column, Filter } from '../rows/columns'

const STAGES = [
  { value: 'open', title: '未办结' },
  { value: 'closed', title: '已办结' },
  { value: 'withdrawn', title: '已撤销' },
]

const YES_NO = [
  { value: 'true', title: '是' },
  { value: 'false', title: '否' },
]

type Fixed = Pick<Column<CaseRow>, 'title' | 'text' | 'sortable' | 'figure'>

/** What every case has besides the fields of its form. */
const FIXED: Record<string, Fixed> = {
  number: { title: '编号', text: (row) => row.number, sortable: true },
  unit: { title: '单位', text: (row) => row.unit_name },
  state: { title: '状态', text: (row) => row.state_title, sortable: true },
  stage: { title: '阶段', text: (row) => STAGES.find(({ value }) => value === row.stage)?.title ?? row.stage },
  opened_on: { title: '登记', text: (row) => dayText(row.opened_on, here.value), sortable: true },
  closed_on: { title: '办结', text: (row) => dayText(row.closed_on, here.value), sortable: true },
  due_on: { title: '时限', text: dueOf, sortable: true },
}

/** Columns beyond these wait in the column chooser, but never how a case stands and by when. */
const SHOWN_AT_FIRST = 7
const ALWAYS = ['state', 'due_on']

/** «超期 3 天» while a case is open; afterwards the day alone. */
export function dueOf(row: Pick<CaseRow, 'due_on' | 'stage'>): string {
  if (!row.due_on) return '—'
  return row.stage === 'open' ? dueText(row.due_on, here.value) : dayText(row.due_on, here.value)
}

function titleOf(kind: string, key: string): string {
  return FIXED[key]?.title ?? fieldOf(kind, key)?.title ?? key
}

export function columnsOf(view: ListView): Column<CaseRow>[] {
  const slots = caseKind(view.case)?.slots ?? []
  return view.columns.flatMap((key, at): Column<CaseRow>[] => {
    const optional = at >= SHOWN_AT_FIRST && !ALWAYS.includes(key)
    const fixed = FIXED[key]
    if (fixed) return [{ key, ...fixed, optional }]
    const field = fieldOf(view.case, key)
    if (!field) return []
    const text = (row: CaseRow) => listText(field, row.answers[key], here.value)
    const figure = field.kind === 'integer' || field.kind === 'decimal'
    return [{ key, title: field.title, text, figure, sortable: slots.includes(key), optional }]
  })
}

function options(words: readonly string[]): { value: string; title: string }[] {
  return words.map((word) => ({ value: word, title: word }))
}

function choices(view: ListView, key: string, field?: FormField): { value: string; title: string }[] | undefined {
  if (key === 'state') return caseKind(view.case)?.states.map((state) => ({ value: state.key, title: state.title }))
  if (key === 'stage') return STAGES
  if (field?.kind === 'choice') return options(field.options)
  if (field?.kind === 'yes-no') return YES_NO
  return undefined
}

/** One of several is a choice of its own, so that a tab's filter can be seen and taken back. */
function withSeveral(given: { value: string; title: string }[], value: string): { value: string; title: string }[] {
  if (!value.includes(',')) return given
  const titles = value.split(',').map((one) => given.find((option) => option.value === one)?.title ?? one)
  return [{ value, title: titles.join('、') }, ...given]
}

function filterOf(view: ListView, key: string, value: string): Filter | undefined {
  const field = fieldOf(view.case, key)
  const title = titleOf(view.case, key)
  const known = choices(view, key, field)
  if (known) return { key, title, kind: 'choice', options: withSeveral(known, value) }
  if (key.endsWith('_on') || field?.kind === 'date') return { key, title, kind: 'days' }
  return field || key === 'number' ? { key, title, kind: 'text' } : undefined
}

const one = (value: LocationQuery[string] | undefined) => (Array.isArray(value) ? value[0] : value) ?? ''

/** The view's filters, and any other column by which the address narrows: a link's condition is always seen. */
export function filtersOf(view: ListView, query: LocationQuery): Filter[] {
  const slots = caseKind(view.case)?.slots ?? []
  const further = Object.keys(query).filter((key) => (FIXED[key] ?? slots.includes(key)) && !view.filters.includes(key))
  const shown = [...view.filters, ...further].map((key) => filterOf(view, key, one(query[key])))
  const search: Filter = { key: 'q', title: '编号或描述', kind: 'text' }
  return [search, ...shown.filter((filter) => filter !== undefined)]
}

/** Conditions of links that are no columns, in words. */
export function flagsOf(view: ListView, query: LocationQuery): { key: string; title: string }[] {
  const verb = one(query['todo'])
  const act = caseKind(view.case)?.transitions.find((transition) => transition.verb === verb)
  const flags = [
    { key: 'todo', title: verb && `等我「${act?.title ?? verb}」` },
    { key: 'overdue', title: one(query['overdue']) && '超期' },
    { key: 'mine', title: one(query['mine']) && '我办过的' },
  ]
  return flags.filter(({ title }) => title)
}

/** What the server is asked for besides filters: the flags of the address. */
export function flagQuery(query: LocationQuery): Record<string, string> {
  const given = ['todo', 'overdue', 'mine'].map((key) => [key, one(query[key])] as const)
  return Object.fromEntries(given.filter(([, value]) => value))
}

/** Which tab the address stands for: of those that fit, the one that narrows most; -1 for all. */
export function tabOf(view: ListView, query: LocationQuery): number {
  const fits = view.tabs.map(({ query: wanted }, at) => {
    const pairs = Object.entries(wanted)
    return { at, size: pairs.every(([key, value]) => one(query[key]) === value) ? pairs.length : 0 }
  })
  const best = fits.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size)[0]
  return best?.at ?? -1
}
