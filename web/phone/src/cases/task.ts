/** Where a task leads on the phone, and what one's own unit owes. */
import type { Obligation, RoundNow, Workbench } from '@shared/api/answers'
import type { RouteLocationRaw } from 'vue-router'

type Task = Workbench['todo'][number]

/** The list or the return behind a task; undefined for other units' returns, which are a desk's work. */
export function leadsTo(task: Task): RouteLocationRaw | undefined {
  if ('kind' in task) return { path: `/cases/${task.kind}`, query: { ...task.query, title: task.title } }
  return 'unit' in task ? `/returns/${task.round}/${task.period}/${task.unit}` : undefined
}

/** Returns that one's own unit owes and that stand in no task. */
export function owed(rounds: readonly RoundNow[], tasks: readonly Task[]): { round: RoundNow; mine: Obligation }[] {
  const told = (key: string) => tasks.some((task) => 'round' in task && task.round === key && 'unit' in task)
  return rounds.flatMap((round) => {
    const { mine } = round
    const due = mine && (mine.standing === 'missing' || mine.standing === 'returned')
    return due && !told(round.key) ? [{ round, mine }] : []
  })
}
