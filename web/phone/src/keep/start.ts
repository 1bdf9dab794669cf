/** Opens the phone with what was known when one was last here; the server is asked beside it. */
import type { SessionAnswer } from '@shared/api/answers'
import { catalogue, forgetCatalogue, loadCatalogue } from '@shared/catalogue/catalogue'
import { recall, restore, session } from '@shared/session/session'
import { forgetUnits, loadUnits, units } from '@shared/unit/units'
import { watch } from 'vue'
import { hearDay } from './day'
import { drawer } from './drawer'
import { forgetKept, keep, kept } from './kept'

type Known = Omit<SessionAnswer, 'csrf' | 'must_change'>

let recalled: Promise<boolean> | undefined

async function recallOnce(): Promise<boolean> {
  const known = await kept<Known>('session')
  if (known && !session.known) recall(known)
  return known !== undefined
}

/** Waits for who is signed in: at once when it is known from before, else as the server says. */
export async function ready(): Promise<void> {
  if (session.known) return
  const asked = restore().catch(() => undefined)
  recalled ??= recallOnce()
  if (!(await recalled)) await asked
}

/** Takes the catalogue and the units: what was kept at once, then what the server says. */
export async function loadBasics(): Promise<void> {
  await Promise.all([basic('catalogue', loadCatalogue, catalogue), basic('units', loadUnits, unitsAsData)])
}

const unitsAsData = {
  get data() {
    return units.loaded ? units.units : undefined
  },
  set data(given) {
    if (given) Object.assign(units, { units: given, loaded: true })
  },
}

async function basic<T>(name: string, load: () => Promise<void>, holder: { data: T | undefined }): Promise<void> {
  const asked = load()
  const before = await kept<T>(name)
  if (before !== undefined && holder.data === undefined) holder.data = before
  await asked
  if (holder.data !== undefined) await keep(name, JSON.parse(JSON.stringify(holder.data)))
}

/** Keeps who is signed in for the next time, and forgets all but the queue when nobody is. */
export function keepSession(): void {
  watch(
    () => [session.known, session.signedIn, session.mustChange, session.login] as const,
    ([known, signedIn, mustChange]) => {
      if (!known) return
      if (!signedIn) return void leave()
      hearDay()
      const { login, name, grants, homeUnit: home_unit, today, installation, zone } = session
      const account = { id: '', login, name, post: null }
      const answer = { account, grants, home_unit, today, installation: { name: installation, demo: false, zone } }
      if (!mustChange) void keep('session', JSON.parse(JSON.stringify(answer)) satisfies Known)
    },
  )
}

async function leave(): Promise<void> {
  forgetUnits()
  forgetCatalogue()
  recalled = undefined
  await Promise.all([forgetKept(), drawer('drafts').clear()])
}
