/** Figures as they are read; show them in `class="figure"` for digits of one width. 0 is not missing. */

const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })

/** «12,345»; missing is «—». Text such as «10000+» stays. */
export function countText(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return '—'
  return typeof value === 'number' ? whole.format(value) : value
}

/** Exact decimal text with groups, every digit kept: «12345.60» → «12,345.60». */
export function decimalText(value: string | null | undefined): string {
  if (!value) return '—'
  const [integer = '', fraction] = value.split('.')
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** «66.7%(8/12)»: a rate names its numerator and denominator; over nothing it is «—(0/0)». */
export function rateText(numerator: number, denominator: number, places = 1): string {
  const share = denominator === 0 ? '—' : `${((numerator / denominator) * 100).toFixed(places)}%`
  return `${share}(${countText(numerator)}/${countText(denominator)})`
}
