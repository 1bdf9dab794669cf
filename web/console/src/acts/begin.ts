/** What an act's form begins with: what the case already says, where saying it again would only cost time. */
import type { Answers, Field } from '@shared/form/form'

/** Longest text that is taken over; longer ones are statements of their own. */
const LONGEST = 60

export function beginWith(fields: readonly Field[], asks: readonly { field: string }[], known: Answers): Answers {
  const taken = asks.flatMap(({ field: key }) => {
    const field = fields.find((candidate) => candidate.key === key)
    const value = known[key]
    if (!field || value === undefined || value === '***' || field.kind === 'files') return []
    return field.kind === 'text' && field.max > LONGEST ? [] : [[key, value] as const]
  })
  return Object.fromEntries(taken)
}
