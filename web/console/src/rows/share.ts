/** A list for a chat group: as text, and as one long picture. */

export interface Sheet {
  title: string
  /** Conditions and count, as «未销号，共 12 条». */
  lead: string
  /** «城关教育办 10月8日». */
  foot: string
  heads: string[]
  rows: string[][]
}

/** One numbered line a row; what is missing is left out. */
export function sheetText({ title, lead, foot, rows }: Sheet): string {
  const lines = rows.map((row, at) => `${at + 1}. ${row.filter((cell) => cell && cell !== '—').join('，')}`)
  return [`【${title}】${lead}`, ...lines, foot].join('\n')
}

const PAD = 10
const LINE = 22
const WIDEST = 280
const MARGIN = 24
const FONT = '14px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

/** Breaks a text into lines of at most `width`, by characters, as Chinese is broken. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const character of text) {
    if (line && measure(line + character) > width) {
      lines.push(line)
      line = character
    } else line += character
  }
  return [...lines, line]
}

/** Width of each column: its widest cell, at most {@link WIDEST}. */
export function widths(heads: string[], rows: string[][], measure: (text: string) => number): number[] {
  return heads.map((head, at) => {
    const widest = Math.max(measure(head), ...rows.map((row) => measure(row[at] ?? '')))
    return Math.min(WIDEST, Math.ceil(widest))
  })
}

/** Draws the sheet; digits and characters as on the page, twice as dense for phones. */
export async function sheetPicture(sheet: Sheet): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.font = FONT
  const measure = (text: string) => pen.measureText(text).width
  const columns = widths(sheet.heads, sheet.rows, measure)
  const table = [sheet.heads, ...sheet.rows].map((row) =>
    columns.map((width, at) => wrap(row[at] ?? '', width, measure)),
  )
  const heights = table.map((row) => Math.max(...row.map((cell) => cell.length)) * LINE + PAD)
  const inner = Math.max(
    columns.reduce((sum, width) => sum + width + 2 * PAD, 0),
    measure(sheet.lead),
    320,
  )
  const height = MARGIN + 34 + 28 + heights.reduce((sum, one) => sum + one, 0) + 32 + MARGIN
  canvas.width = (inner + 2 * MARGIN) * 2
  canvas.height = height * 2
  pen.scale(2, 2)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  draw(pen, sheet, { columns, table, heights, inner })
  return await new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'),
  )
}

interface Layout {
  columns: number[]
  table: string[][][]
  heights: number[]
  inner: number
}

function draw(pen: CanvasRenderingContext2D, sheet: Sheet, { columns, table, heights, inner }: Layout): void {
  pen.textBaseline = 'top'
  pen.fillStyle = '#1b1f27'
  pen.font = FONT.replace('14px', '600 20px')
  pen.fillText(sheet.title, MARGIN, MARGIN)
  pen.font = FONT
  pen.fillStyle = '#5c636f'
  pen.fillText(sheet.lead, MARGIN, MARGIN + 34)
  let y = MARGIN + 34 + 28
  table.forEach((row, at) => {
    const height = heights[at] ?? LINE
    if (at === 0) {
      pen.fillStyle = '#eef0fa'
      pen.fillRect(MARGIN, y, inner, height)
    }
    pen.fillStyle = '#1b1f27'
    let x = MARGIN
    row.forEach((cell, column) => {
      cell.forEach((line, nth) => pen.fillText(line, x + PAD, y + PAD / 2 + 3 + nth * LINE))
      x += (columns[column] ?? 0) + 2 * PAD
    })
    y += height
    pen.strokeStyle = '#e3e6eb'
    pen.beginPath()
    pen.moveTo(MARGIN, y)
    pen.lineTo(MARGIN + inner, y)
    pen.stroke()
  })
  pen.fillStyle = '#5c636f'
  pen.fillText(sheet.foot, MARGIN, y + 12)
}
