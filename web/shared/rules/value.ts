/** Values of rules: exact numbers, texts, civil dates, lists, records; a missing answer is null. See docs/expressions.md. */

/** A number that is not known to be whole: `digits` × 10^-`scale`. */
export class Decimal {
  constructor(
    readonly digits: bigint,
    readonly scale: number,
  ) {}
}

/** A civil date. */
export class Day {
  constructor(readonly text: string) {}
}

export type RuleValue = null | boolean | bigint | string | Decimal | Day | RuleValue[] | Map<string, RuleValue>

/** What makes a rule unanswerable: a wrong type, a name that is not here, a function that only the server has. */
export class RuleFault extends Error {}

export function fail(message: string): never {
  throw new RuleFault(message)
}

export function typeName(value: RuleValue): string {
  if (value === null) return '空值'
  if (typeof value === 'boolean') return '是/否'
  if (typeof value === 'bigint') return '整数'
  if (typeof value === 'string') return '文字'
  if (value instanceof Decimal) return '小数'
  if (value instanceof Day) return '日期'
  return Array.isArray(value) ? '列表' : '记录'
}

/** Most significant digits of a decimal, and its most places. */
const DIGITS = 28
const LEAST_INTEGER = -(2n ** 63n)
const MOST_INTEGER = 2n ** 63n - 1n
const LARGEST = 2n ** 96n
const OVERFLOW = '计算结果超出可表示的范围'

export function whole(value: bigint): bigint {
  return value < LEAST_INTEGER || value > MOST_INTEGER ? fail(OVERFLOW) : value
}

/** Half away from zero. */
export function cut(digits: bigint, places: number): bigint {
  const unit = 10n ** BigInt(places)
  const half = digits < 0n ? -unit / 2n : unit / 2n
  return places > 0 ? (digits + half) / unit : digits
}

/** Without needless noughts, within what a decimal can say. */
export function decimal(digits: bigint, scale: number): Decimal {
  while (scale > 0 && (digits % 10n === 0n || scale > DIGITS || digits >= LARGEST || digits <= -LARGEST)) {
    digits = digits % 10n === 0n ? digits / 10n : cut(digits, 1)
    scale -= 1
  }
  return digits >= LARGEST || digits <= -LARGEST ? fail(OVERFLOW) : new Decimal(digits, scale)
}

/** «-1.50» as a number; undefined when it is none. */
export function readNumber(text: string): bigint | Decimal | undefined {
  const found = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text.trim())
  if (!found) return undefined
  const [, before = '', after = '', exponent = '0'] = found
  const scale = after.length - Number(exponent)
  if (!after && exponent === '0') return BigInt(before)
  const digits = BigInt(before + after)
  return scale < 0 ? decimal(digits * 10n ** BigInt(-scale), 0) : decimal(digits, scale)
}

export function asDecimal(value: RuleValue): Decimal | undefined {
  if (typeof value === 'bigint') return new Decimal(value, 0)
  return value instanceof Decimal ? value : undefined
}

/** Two decimals over the same scale. */
function level(left: Decimal, right: Decimal): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale)
  const raised = ({ digits, scale: own }: Decimal) => digits * 10n ** BigInt(scale - own)
  return [raised(left), raised(right), scale]
}

export type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'remainder'
const SYMBOLS: Record<Operation, string> = { add: '+', subtract: '-', multiply: '*', divide: '/', remainder: '%' }

export function apply(operation: Operation, left: RuleValue, right: RuleValue): RuleValue {
  if (left === null || right === null) return null
  if (typeof left === 'string' && typeof right === 'string' && operation === 'add') return left + right
  const [one, other] = [asDecimal(left), asDecimal(right)]
  if (!one || !other) {
    return fail(`「${SYMBOLS[operation]}」两边应为数,现在是${typeName(left)}和${typeName(right)}`)
  }
  if (other.digits === 0n && (operation === 'divide' || operation === 'remainder')) return fail('除数为零')
  const [a, b, scale] = level(one, other)
  const made = (digits: bigint, places: number) =>
    typeof left === 'bigint' && typeof right === 'bigint' ? whole(digits) : decimal(digits, places)
  if (operation === 'add') return made(a + b, scale)
  if (operation === 'subtract') return made(a - b, scale)
  if (operation === 'remainder') return made(a % b, scale)
  if (operation === 'multiply') return made(one.digits * other.digits, one.scale + other.scale)
  return quotient(a, b)
}

/** Rounded to the 28th significant digit. */
function quotient(a: bigint, b: bigint): Decimal {
  const size = (value: bigint) => (value < 0n ? -value : value).toString().length
  const places = Math.min(DIGITS, Math.max(0, DIGITS - (size(a) - size(b))))
  return decimal(cut((a * 10n ** BigInt(places + 1)) / b, 1), places)
}

export function negate(value: RuleValue): RuleValue {
  if (value === null) return null
  if (typeof value === 'bigint') return whole(-value)
  return value instanceof Decimal
    ? new Decimal(-value.digits, value.scale)
    : fail(`负号后面应为数,现在是${typeName(value)}`)
}

const unlike = (left: RuleValue, right: RuleValue) => fail(`${typeName(left)}和${typeName(right)}不能比较`)

/** By code point, as the server orders texts. */
function orderOf(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  const at = a.findIndex((character, nth) => character !== b[nth])
  if (at < 0) return a.length - b.length
  return (a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1)
}

/** Less than, equal to or more than nought; undefined beside null. */
export function order(left: RuleValue, right: RuleValue): number | undefined {
  if (left === null || right === null) return undefined
  if (typeof left === 'string' && typeof right === 'string') return orderOf(left, right)
  if (left instanceof Day && right instanceof Day) return orderOf(left.text, right.text)
  const [one, other] = [asDecimal(left), asDecimal(right)]
  if (!one || !other) return unlike(left, right)
  const [a, b] = level(one, other)
  return a < b ? -1 : Number(a > b)
}

export function equal(left: RuleValue, right: RuleValue): boolean {
  if (left === null || right === null) return false
  if (typeof left === 'boolean' && typeof right === 'boolean') return left === right
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.every((one, at) => at >= right.length || equal(one, right[at] ?? null)) && left.length === right.length
  }
  if (left instanceof Map && right instanceof Map) {
    const same = (one: RuleValue, other: RuleValue | undefined) =>
      other !== undefined && (one === other || (typeName(one) === typeName(other) && equal(one, other)))
    return left.size === right.size && [...left].every(([key, one]) => same(one, right.get(key)))
  }
  return order(left, right) === 0
}
