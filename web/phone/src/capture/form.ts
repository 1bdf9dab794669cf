/** What a capture asks: the view's few fields first, what else must be answered, the rest behind «more». */
import type { CaptureView, FormField, Transition } from '@shared/catalogue/shape'
import type { Answers, Ask } from '@shared/form/form'
import type { Place } from './place'

/** Pictures come first; a field that the view shows is needed unless the act says never. */
export function asksOf(view: CaptureView, act: Transition, fields: readonly FormField[], more: () => boolean): Ask[] {
  const need = (key: string) => act.ask.find(({ field }) => field === key)?.need ?? 'never'
  const picture = (key: string) => fields.find((field) => field.key === key)?.kind === 'files'
  const few = view.fields.filter((key) => act.ask.some(({ field }) => field === key))
  const first = [...few.filter(picture), ...few.filter((key) => !picture(key))]
  const others = act.ask.map(({ field }) => field).filter((key) => !few.includes(key))
  const due = others.filter((key) => need(key) === 'always')
  const rest = others.filter((key) => need(key) !== 'always')
  return [
    ...first.map((field) => ({ field, need: need(field) !== 'never' })),
    ...due.map((field) => ({ field, need: true })),
    ...rest.map((field) => ({ field, need: false, show: more })),
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
