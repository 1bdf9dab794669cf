/** What a table of rows shows, and how its state stands in the address. */
import type { LocationQuery } from 'vue-router'

export interface Column<R> {
  /** Key, the same as the server's sort and filter name. */
  key: string
  title: string
  /** Text of a cell; a slot `cell-KEY` may show it otherwise. */
  text: (row: R) => string
  /** Figures stand right, digits of one width. */
  figure?: boolean
  sortable?: boolean
  /** Hidden until chosen. */
  optional?: boolean
  /** CSS width, as «120px». */
  width?: string
}

/** A filter above the table. */
export type Filter =
  | { key: string; title: string; kind: 'text' }
  | { key: string; title: string; kind: 'choice'; options: { value: string; title: string }[] }
  | { key: string; title: string; kind: 'days' }

/** What the server is asked for. `after` is the `next` of the page before. */
export interface RowQuery {
  filters: Record<string, string>
  sort: string
  after: string
  limit: number
}

export interface RowPage<R> {
  rows: R[]
  /** A number, or «10000+». */
  total: number | string
  next: string | null
}

export const SIZES = [20, 50, 100] as const

/** Names in the address that are no filters. */
const OWN = ['sort', 'after', 'limit']

const one = (value: LocationQuery[string] | undefined) => (Array.isArray(value) ? value[0] : value) ?? ''

/** Reads the address; what it does not know it leaves alone. */
export function readQuery(query: LocationQuery, filters: readonly Filter[], sort: string): RowQuery {
  const limit = SIZES.find((size) => size === Number(one(query['limit']))) ?? SIZES[0]
  const given = filters.map(({ key }) => [key, one(query[key])] as const).filter(([, value]) => value)
  return { filters: Object.fromEntries(given), sort: one(query['sort']) || sort, after: one(query['after']), limit }
}

/** Columns that the address asks to show; none when it does not say. */
export function namedColumns(query: LocationQuery): string[] {
  return one(query['columns']).split(',').filter(Boolean)
}

/** The address of a query; defaults are left out, other names are kept. */
export function writeQuery(
  query: RowQuery,
  filters: readonly Filter[],
  sort: string,
  old: LocationQuery,
): LocationQuery {
  const known = new Set([...OWN, ...filters.map(({ key }) => key)])
  const kept = Object.entries(old).filter(([name]) => !known.has(name))
  const own: [string, string][] = Object.entries(query.filters).filter(([, value]) => value)
  if (query.sort !== sort) own.push(['sort', query.sort])
  if (query.after) own.push(['after', query.after])
  if (query.limit !== SIZES[0]) own.push(['limit', String(query.limit)])
  return Object.fromEntries([...kept, ...own])
}

/** What `api.get` takes as query. */
export function asked(query: RowQuery): Record<string, string | number> {
  return { ...query.filters, sort: query.sort, after: query.after, limit: query.limit }
}
