/** What may have been done, as a choice: of one kind of thing, or of all. */
import type { TrailAct } from '@shared/api/desk-answers'

/** Each verb once; where several kinds name it differently, all its titles are said. */
export function verbsOf(
  acts: readonly TrailAct[],
  kind: string,
  rounds: readonly string[],
): { value: string; title: string }[] {
  const own = rounds.includes(kind) ? '' : kind
  const titles = new Map<string, Set<string>>()
  for (const act of acts) {
    if (kind && act.kind !== own) continue
    titles.set(act.verb, (titles.get(act.verb) ?? new Set()).add(act.title))
  }
  return [...titles].map(([value, found]) => ({ value, title: [...found].join('、') }))
}
