/** Counts of a round, each a link: 应报 is all, the others narrow it. */
import type { Obligation, Standing } from '@shared/api/answers'
import type { LocationQuery } from 'vue-router'

export const STANDINGS: { key: Standing; title: string }[] = [
  { key: 'missing', title: '未报' },
  { key: 'zero', title: '零报' },
  { key: 'reported', title: '已报' },
  { key: 'returned', title: '退回' },
  { key: 'reviewed', title: '已审' },
]

export interface Tally {
  /** What it narrows to, in the address. */
  query: Record<string, string>
  title: string
  count: number
}

const came = (row: Obligation) => row.received_at !== null

/** 应报 = 未报 + 到了的; 到了的 = 按时 + 迟报. */
export function tallies(rows: readonly Obligation[]): Tally[] {
  const count = (fits: (row: Obligation) => boolean) => rows.filter(fits).length
  const timed: Tally[] = [
    { query: {}, title: '应报', count: rows.length },
    { query: { late: 'false' }, title: '按时', count: count((row) => came(row) && !row.late) },
    { query: { late: 'true' }, title: '迟报', count: count((row) => came(row) && row.late) },
  ]
  const stand: Tally[] = STANDINGS.map(({ key, title }) => ({
    query: { standing: key },
    title,
    count: count((row) => row.standing === key),
  }))
  return [...timed, ...stand]
}

/** Rows that the address asks for: `standing=missing,returned`, `late=true`. */
export function narrowed(rows: readonly Obligation[], query: LocationQuery): Obligation[] {
  const standing = String(query['standing'] ?? '')
  const late = String(query['late'] ?? '')
  return rows.filter((row) => {
    if (standing && !standing.split(',').includes(row.standing)) return false
    return !late || (came(row) && String(row.late) === late)
  })
}

/** Whether what came can be judged: not yet reviewed, nor returned already. */
export function judgeable(row: Obligation): boolean {
  return row.standing === 'zero' || row.standing === 'reported'
}

/** What is said to those who have not reported: to be pasted into the work group. */
export function reminder(title: string, label: string, due: string, rows: readonly Obligation[]): string {
  const owing = rows.filter(({ standing }) => standing === 'missing' || standing === 'returned')
  const names = owing.map((row) => (row.standing === 'returned' ? `${row.unit_name}（被退回）` : row.unit_name))
  return `【催报】${title}（${label}）截止${due}，以下 ${owing.length} 个单位还没有报送：${names.join('、')}。请尽快报送，没有新增也要报「零报告」。`
}
