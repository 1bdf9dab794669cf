/** Who is signed in. One per page; the router waits for {@link restore} before the first page. */
import { computed, reactive, readonly } from 'vue'
import type { Grant, Role, SessionAnswer } from '../api/answers'
import { api, onSignedOut, useCsrf } from '../api/client'
import { Failure } from '../api/failure'
import { today, useZone } from '../words/dates'

interface State {
  /** Whether the server has been asked. */
  known: boolean
  signedIn: boolean
  mustChange: boolean
  login: string
  name: string
  grants: Grant[]
  homeUnit: string
  /** Today as the server counts; empty before signing in. */
  today: string
  /** Name of the installation, as reports print it. */
  installation: string
  /** Zone in which its days begin and end; empty while it is not known. */
  zone: string
}

const NO_ONE = { login: '', name: '', homeUnit: '', today: '', installation: '', zone: '' }
const nobody = (): State => ({ known: true, signedIn: false, mustChange: false, grants: [], ...NO_ONE })
const state = reactive<State>({ ...nobody(), known: false })

export const session = readonly(state)

/** Whether one of the grants has one of the roles. */
export function hasRole(...roles: Role[]): boolean {
  return state.grants.some((grant) => roles.includes(grant.role))
}

/** Today as the server counts it, else as the browser does. */
export const here = computed(() => state.today || today())

/** Names of one's roles, each once. */
export const roleNames = computed(() => [...new Set(state.grants.map((grant) => grant.role_title))].join('、'))

onSignedOut(() => Object.assign(state, nobody()))

/** Asks who is signed in, once; later calls answer at once. */
export async function restore(): Promise<void> {
  if (state.known) return
  try {
    await load()
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.status !== 401) throw thrown
    Object.assign(state, nobody())
  }
}

async function load(): Promise<void> {
  take(await api.get('/api/v1/session'))
}

function take(answer: SessionAnswer): void {
  useCsrf(answer.csrf)
  const { must_change: mustChange, grants = [], home_unit: homeUnit = '', today = '' } = answer
  const { login = '', name = '' } = answer.account ?? {}
  const { name: installation = '', zone } = answer.installation ?? {}
  useZone(zone ?? undefined)
  const who = { mustChange, login, name, grants, homeUnit, today, installation, zone: zone ?? '' }
  Object.assign(state, { known: true, signedIn: true, ...who })
}

/** Takes what was known when one was last here, until the server can be asked; calls that change something wait for it. */
export function recall(answer: Omit<SessionAnswer, 'csrf' | 'must_change'>): void {
  take({ ...answer, csrf: '', must_change: false })
  state.known = false
}

/** Signs in; a phone stays signed in for thirty days. */
export async function signIn(login: string, password: string, device: 'desk' | 'phone' = 'desk'): Promise<void> {
  const body = { login: login.trim(), password, device }
  take(await api.post('/api/v1/session', { body }))
  if (!state.mustChange) await load()
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  take(await api.put('/api/v1/session/password', { body: { old, new: fresh } }))
  await load()
}

export async function signOut(): Promise<void> {
  await api.delete('/api/v1/session')
  useCsrf('')
  Object.assign(state, nobody())
}
