/** Which parts of the first page come first, by what one is here for. */
import type { Role } from '@shared/api/answers'

export type Part = 'open' | 'todo' | 'rounds' | 'changes' | 'trend'

/** Those who run many units see the whole first; those of one unit what is theirs to do; those who look on, what moved. */
export function partsFor(roles: readonly Role[]): Part[] {
  if (roles.includes('authority') || roles.includes('admin')) return ['todo', 'rounds', 'trend', 'changes']
  if (roles.includes('head')) return ['todo', 'open', 'rounds', 'trend', 'changes']
  if (roles.includes('safety-officer')) return ['todo', 'open', 'rounds', 'changes', 'trend']
  if (roles.includes('teacher')) return ['open', 'todo', 'changes']
  return ['changes', 'trend', 'rounds']
}

/** Adds counts of the server, of which some are only a least one. */
export function sum(counts: readonly (number | string)[]): string {
  const more = counts.some((count) => typeof count === 'string' && count.endsWith('+'))
  const total = counts.reduce<number>((all, count) => all + (parseInt(String(count), 10) || 0), 0)
  return `${total}${more ? '+' : ''}`
}

/** Whether a row of numbers has a shape worth drawing: three points that are not all alike. */
export function hasShape(points: readonly { value: number }[]): boolean {
  return points.length >= 3 && points.some(({ value }) => value !== points[0]?.value)
}
