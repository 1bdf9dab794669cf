/** The functions of rules. Working days need the server's calendar: a rule that asks for them is the server's to judge. */
import { daysBetween } from '../words/dates'
import { apply, asDecimal, cut, Day, decimal, Decimal, fail, order, typeName, whole, type RuleValue } from './value'

/** A civil day so many days later; empty where there is none. */
function addDays(text: string, count: number): string {
  const found = new Date(Date.parse(`${text}T00:00:00Z`) + count * 86_400_000)
  return Number.isNaN(found.getTime()) ? '' : found.toISOString().slice(0, 10)
}

type Does = (...values: RuleValue[]) => RuleValue | undefined

const list = (value: RuleValue | undefined) => (Array.isArray(value) ? value : undefined)
const part = (from: number, to: number) => (value: RuleValue | undefined) =>
  value instanceof Day ? BigInt(value.text.slice(from, to)) : undefined

/** Searches answer no of what is missing; all other functions are missing then. */
const SEARCHES: Record<string, (text: string, part: string) => boolean> = {
  contains: (text, sought) => text.includes(sought),
  starts_with: (text, sought) => text.startsWith(sought),
  ends_with: (text, sought) => text.endsWith(sought),
}

const FUNCTIONS: Record<string, Does> = {
  size: (value) => {
    if (typeof value === 'string') return BigInt([...value].length)
    if (value instanceof Map) return BigInt(value.size)
    return Array.isArray(value) ? BigInt(value.length) : undefined
  },
  min: (...values) => extreme(list(values[0]) ?? values, -1),
  max: (...values) => extreme(list(values[0]) ?? values, 1),
  sum: (value) => list(value)?.reduce<RuleValue>((sum, one) => apply('add', sum, one), 0n),
  first: (value) => list(value) && (list(value)?.[0] ?? null),
  last: (value) => list(value) && (list(value)?.at(-1) ?? null),
  abs: (value) => {
    if (typeof value === 'bigint') return whole(value < 0n ? -value : value)
    return value instanceof Decimal ? decimal(value.digits < 0n ? -value.digits : value.digits, value.scale) : undefined
  },
  round: (value, places = 0n) => {
    if (typeof value === 'bigint') return value
    if (!(value instanceof Decimal) || typeof places !== 'bigint' || places < 0n || places > 28n) return undefined
    const kept = Math.min(Number(places), value.scale)
    const digits = cut(value.digits, value.scale - kept)
    return places > 0n ? decimal(digits, kept) : whole(digits)
  },
  floor: (value) => toward(value, -1n),
  ceil: (value) => toward(value, 1n),
  date: (value) => {
    if (value instanceof Day) return value
    if (typeof value !== 'string') return undefined
    const real = /^\d{4}-\d\d-\d\d$/.test(value) && addDays(value, 0) === value
    return real ? new Day(value) : fail(`「${value}」不是日期,应写成 2026-10-31`)
  },
  year: part(0, 4),
  month: part(5, 7),
  day: part(8, 10),
  days: (from, to) =>
    from instanceof Day && to instanceof Day ? BigInt(daysBetween(from.text, to.text) ?? 0) : undefined,
  add_days: (day, count) =>
    day instanceof Day && typeof count === 'bigint' ? new Day(addDays(day.text, Number(count))) : undefined,
  age: (born, on) => {
    if (!(born instanceof Day && on instanceof Day)) return undefined
    const years = Number(on.text.slice(0, 4)) - Number(born.text.slice(0, 4))
    return BigInt(years - Number(on.text.slice(5) < born.text.slice(5)))
  },
}

/** The least (−1) or greatest (1); null when one is missing or there is none. */
function extreme(values: RuleValue[], way: number): RuleValue | undefined {
  let best: RuleValue = null
  for (const value of values) {
    if (value === null) return null
    if (!asDecimal(value) && !(value instanceof Day)) return undefined
    if (best === null || (order(value, best) ?? 0) * way > 0) best = value
  }
  return best
}

/** Down (−1) or up (1) to a whole number. */
function toward(value: RuleValue | undefined, way: bigint): RuleValue | undefined {
  if (typeof value === 'bigint') return value
  if (!(value instanceof Decimal)) return undefined
  const unit = 10n ** BigInt(value.scale)
  const rest = value.digits % unit
  return whole(value.digits / unit + (rest * way > 0n ? way : 0n))
}

export function call(name: string, values: RuleValue[]): RuleValue {
  const wrong = () => fail(`「${name}」不能用于${values.map(typeName).join('、')}`)
  const searches = SEARCHES[name]
  if (searches) {
    const [text, sought] = values
    if (text === null || sought === null) return false
    return typeof text === 'string' && typeof sought === 'string' ? searches(text, sought) : wrong()
  }
  if (values.includes(null)) return null
  const does = FUNCTIONS[name]
  if (!does) return fail(`「${name}」由服务器计算`)
  const found = does(...values)
  return found === undefined ? wrong() : found
}
