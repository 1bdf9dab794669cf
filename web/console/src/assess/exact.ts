/** Exact values as they are read, and what they are as numbers for a chart. */
import type { Exact, Tile } from '@shared/api/desk-answers'
import { countText, rateText } from '@shared/words/figures'

/** «9 处», «91.7%(11/12)», «2.6 处(26/10)»; nothing is «—», what is hidden says so. */
export function exactText(value: Exact, unit: string): string {
  if ('missing' in value) return '—'
  if ('suppressed' in value) return '人数过少，不显示'
  if ('count' in value) return `${countText(value.count)} ${unit}`
  const { numerator, denominator } = value
  if (unit === '%' || denominator === 0) return rateText(numerator, denominator)
  return `${(numerator / denominator).toFixed(1)} ${unit}(${countText(numerator)}/${countText(denominator)})`
}

/** For a chart; null where there is no number, so that a line is broken and not drawn at nought. */
export function numberOf(value: Exact, unit: string): number | null {
  if ('count' in value) return value.count
  if (!('numerator' in value) || value.denominator === 0) return null
  return Number(((value.numerator / value.denominator) * (unit === '%' ? 100 : 1)).toFixed(2))
}

/** «比上期减少 3 处», «与上期持平», «比上期提高 3.2 个百分点»; empty where one of them is not known. */
export function comparedText(now: Exact, then: Exact, unit: string, word: string): string {
  const [after, before] = [numberOf(now, unit), numberOf(then, unit)]
  if (after === null || before === null) return ''
  const size = Number(Math.abs(after - before).toFixed(1))
  if (size === 0) return `与${word}持平`
  if (unit === '%') return `比${word}${after > before ? '提高' : '下降'} ${size} 个百分点`
  return `比${word}${after > before ? '增加' : '减少'} ${countText(size)} ${unit}`
}

/** «整期：上期 68 处，上年同期 82 处», beside a period that still runs: whole periods are named, not compared with. */
export function wholeText({ previous, year_ago: yearAgo, unit }: Pick<Tile, 'previous' | 'year_ago' | 'unit'>): string {
  const known = [['上期', previous] as const, ['上年同期', yearAgo] as const].filter(
    ([, value]) => numberOf(value, unit) !== null,
  )
  const said = known.map(([word, value]) => `${word} ${exactText(value, unit)}`)
  return said.length ? `整期：${said.join('，')}` : ''
}

/** Whether it went the wrong way since the period before; undefined where there is no wrong way. */
export function worsened(tile: Pick<Tile, 'value' | 'previous' | 'unit' | 'direction'>): boolean | undefined {
  const [after, before] = [numberOf(tile.value, tile.unit), numberOf(tile.previous, tile.unit)]
  if (tile.direction === 'neutral' || after === null || before === null || after === before) return undefined
  return tile.direction === 'up' ? after < before : after > before
}
