/** A problem of the server in words, with where it sits in a workbook. */
import type { Problem } from '../api/failure'

/** «工作表「台账」第 3 行「日期」：不是日期». */
export function problemText({ sheet, row, column, message }: Problem): string {
  const place = [sheet && `工作表「${sheet}」`, row && `第 ${row} 行`, column && `「${column}」`]
    .filter(Boolean)
    .join('')
  return place ? `${place}：${message}` : message
}
