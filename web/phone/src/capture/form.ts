/** What a capture asks: the view's few fields first, what else must be answered, the rest behind «more». */
import type { CaptureView, FormField, Transition } from '@shared/catalogue/shape'
import { holds, type Answers, type Ask } from '@shared/form/form'
import { needOf, type Ground } from '@shared/rules/ground'
import type { Place } from './place'

/**
 * Pictures come first; of what depends on a rule, a shown field is needed while the rule holds or cannot be judged here, and
 * a further one is shown as soon as it holds.
 */
export function asksOf(view: CaptureView, act: Transition, more: () => boolean, ground: () => Ground): Ask[] {
  const { fields } = ground()
  const askOf = (key: string) => act.ask.find(({ field }) => field === key)
  const need = (key: string) => askOf(key)?.need ?? 'never'
  const ruled = (key: string, otherwise: boolean) =>
    need(key) === 'when' ? needOf(askOf(key)?.when, otherwise, ground) : need(key) === 'always'
  const picture = (key: string) => fields.find((field) => field.key === key)?.kind === 'files'
  const few = view.fields.filter((key) => act.ask.some(({ field }) => field === key))
  const first = [...few.filter(picture), ...few.filter((key) => !picture(key))]
  const others = act.ask.map(({ field }) => field).filter((key) => !few.includes(key))
  const due = others.filter((key) => need(key) === 'always')
  const rest = others.filter((key) => need(key) !== 'always')
  return [
    ...first.map((field) => ({ field, need: ruled(field, true) })),
    ...due.map((field) => ({ field, need: true })),
    ...rest.map((field) => {
      const needed = ruled(field, false)
      return { field, need: needed, show: (answers: Answers) => more() || holds(needed, answers) }
    }),
  ]
}

/** Whether there is anything behind «more». */
export function hasMore(asks: readonly Ask[]): boolean {
  return asks.some(({ show }) => typeof show === 'function')
}

/** What is filled in beforehand: what the place's code says, and today where a date must be given. */
export function beforehand(asks: readonly Ask[], fields: readonly FormField[], place: Place, today: string): Answers {
  const answers: Answers = {}
  for (const { field: key, need } of asks) {
    const field = fields.find((candidate) => candidate.key === key)
    if (field?.kind === 'text' && place[key]) answers[key] = [...place[key]].slice(0, field.max).join('')
    if (field?.kind === 'choice' && place[key] && field.options.includes(place[key])) answers[key] = place[key]
    if (field?.kind === 'date' && need === true) answers[key] = today
  }
  return answers
}
