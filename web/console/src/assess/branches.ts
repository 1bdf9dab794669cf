/** A tree of units with a figure each, flat as a table shows it: what is open stands below its parent. */
import type { Exact, Indicator, IndicatorRow } from '@shared/api/desk-answers'

/** An indicator by the units below one, in one period and in the one compared with. */
export interface Branch {
  now: Indicator
  /** Nothing where the period before is compared with: rows say that themselves. */
  then: Indicator | undefined
}

export interface Line {
  row: IndicatorRow
  before: Exact
  depth: number
}

/** A row of another period by its key; one that was not there then is missing. */
function before(row: IndicatorRow, then: Indicator | undefined): Exact {
  return then ? (then.rows.find(({ key }) => key === row.key)?.value ?? { missing: true }) : row.previous
}

/** The lines of a branch; below a row whose unit is open, those of its own branch. */
export function linesOf({ now, then }: Branch, open: ReadonlyMap<string, Branch>, depth = 0): Line[] {
  return now.rows.flatMap((row) => {
    const below = row.unit && row.unit !== now.unit ? open.get(row.unit) : undefined
    const line = { row, before: before(row, then), depth }
    return below ? [line, ...linesOf(below, open, depth + 1)] : [line]
  })
}
