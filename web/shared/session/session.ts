/** Who is signed in. One per page; the router waits for {@link restore} before the first page. */
import { computed, reactive, readonly } from 'vue'
import type { Grant, Role, SessionAnswer } from '../api/answers'
import { api, onSignedOut, useCsrf } from '../api/client'
import { Failure } from '../api/failure'

interface State {
  /** Whether the server has been asked. */
  known: boolean
  signedIn: boolean
  mustChange: boolean
  login: string
  name: string
  grants: Grant[]
}

const nobody = (): State => ({ known: true, signedIn: false, mustChange: false, login: '', name: '', grants: [] })
const state = reactive<State>({ ...nobody(), known: false })

export const session = readonly(state)

/** Whether one of the grants has one of the roles. */
export function hasRole(...roles: Role[]): boolean {
  return state.grants.some((grant) => roles.includes(grant.role))
}

const ROLES: Record<Role, string> = {
  admin: '平台管理员',
  authority: '主管部门',
  head: '学校负责人',
  'safety-officer': '安全员',
  teacher: '教师',
  observer: '只读督导',
}

/** Names of one's roles, each once. */
export const roleNames = computed(() => [...new Set(state.grants.map((grant) => ROLES[grant.role]))].join('、'))

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
  const { must_change: mustChange, login = '', name = '', grants = [] } = answer
  Object.assign(state, { known: true, signedIn: true, mustChange, login, name, grants })
}

export async function signIn(login: string, password: string): Promise<void> {
  take(await api.post('/api/v1/session', { body: { login: login.trim(), password } }))
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
