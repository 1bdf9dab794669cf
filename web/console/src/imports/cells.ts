/** The preview's cells: what stands in each, what is wrong with it, what it was before. */
import type { CellProblem, DraftRow } from '@shared/api/answers'
import type { ImportTarget } from '@shared/api/answers'

export interface Cell {
  key: string
  text: string
  /** Text before, where the row updates a case. */
  before?: string
  /** What is wrong, or read but not for sure. */
  problem?: CellProblem
}

const said = (value: string | number | null | undefined) => (value === null || value === undefined ? '' : String(value))

/** Cells of a row in the ledger's order. A wrong value shows as it was found. */
export function cells(row: DraftRow, columns: ImportTarget['columns']): Cell[] {
  return columns.map(({ key }) => {
    const problem = row.problems.find((one) => one.key === key)
    const change = row.changes[key]
    const text = said(row.values[key]) || (problem?.found ?? '')
    return { key, text, ...(problem && { problem }), ...(change && { before: said(change[0]) || '空' }) }
  })
}

/** What is wrong with the row as a whole, or with a column that is not shown. */
export function ofRow(row: DraftRow, columns: ImportTarget['columns']): CellProblem[] {
  return row.problems.filter(({ key }) => !columns.some((column) => column.key === key))
}

/** Columns that any row of the page says something of; required ones always. */
export function shownColumns(ledger: ImportTarget | undefined, rows: readonly DraftRow[]): ImportTarget['columns'] {
  return (
    ledger?.columns.filter(
      ({ key, required }) =>
        required || rows.some((row) => said(row.values[key]) || row.problems.some((problem) => problem.key === key)),
    ) ?? []
  )
}
