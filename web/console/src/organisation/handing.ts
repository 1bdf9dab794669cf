/** Who may take over from whom, and what moves with that. */
import type { Person, PersonGrant } from '@shared/api/desk-answers'
import { pathTo } from '@shared/unit/units'

/** Grants that hold on a day: these are what a hand-over moves. */
export function heldOn(person: Person, day: string): PersonGrant[] {
  return person.grants.filter(({ valid_from: from, valid_to: to }) => from <= day && (!to || to >= day))
}

/** Those who may take over: they stay, and can sign in. */
export function stayers(people: readonly Person[], leavers: readonly Person[]): Person[] {
  return people.filter((person) => person.enabled && !leavers.some(({ account }) => account === person.account))
}

/** How near somebody is to a grant: the same role in the same unit, else the unit, else neither. */
function nearness(person: Person, wanted: PersonGrant, day: string): number {
  const there = heldOn(person, day).filter(({ unit }) => unit === wanted.unit)
  if (there.some(({ role }) => role === wanted.role)) return 2
  return there.length ? 1 : 0
}

const byNearness = (leaver: Person, day: string) => {
  const wanted = heldOn(leaver, day)
  return (person: Person) => wanted.reduce((sum, grant) => sum + nearness(person, grant, day), 0)
}

/** Those who may take over from this person, the nearest first. */
export function successors(leaver: Person, others: readonly Person[], day: string): Person[] {
  const near = byNearness(leaver, day)
  return [...others].sort((a, b) => near(b) - near(a))
}

/** The account that is proposed; nobody where nobody works in the same unit. */
export function proposed(leaver: Person, others: readonly Person[], day: string): string {
  const [first] = successors(leaver, others, day)
  return first && byNearness(leaver, day)(first) > 0 ? first.account : ''
}

/** Units of which none lies below another: what hangs on them is counted once. */
export function apart(units: readonly string[]): string[] {
  const all = [...new Set(units)]
  const above = (id: string) => pathTo(id).map((unit) => unit.id)
  return all.filter((id) => !above(id).some((other) => other !== id && all.includes(other)))
}
