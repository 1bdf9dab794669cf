/** The one queue of this phone: sent whenever there may be a network. */
import { api } from '@shared/api/client'
import { restore, session } from '@shared/session/session'
import { computed, watch } from 'vue'
import { drawer } from '../keep/drawer'
import type { Path, Picture } from './item'
import { makeQueue } from './queue'

/** How often it is tried again while something waits. */
const AGAIN_MS = 30_000

async function upload({ blob, name }: Picture) {
  await restore()
  const body = new FormData()
  body.append('file', blob, name)
  const { hash, name: stored } = await api.post('/api/v1/files', { body })
  return { hash, name: stored }
}

async function send(path: Path, values: Record<string, string>, body: object): Promise<unknown> {
  await restore()
  // What each path takes is known where the thing is put into the queue.
  return api.post(path, { path: values, body: body as never })
}

export const queue = makeQueue({
  drawer: drawer('queue'),
  owner: () => (session.signedIn ? session.login : ''),
  upload,
  send,
  now: () => Date.now(),
  newKey: () => crypto.randomUUID?.() ?? randomKey(),
})

/** Without a secure address the browser has no `randomUUID`. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** How many things have not reached the server. */
export const unsentCount = computed(() => queue.unsent.value.length)

/** One page of this phone sends at a time, where the browser can tell them apart. */
export function sendQueue(): Promise<void> {
  const { locks } = navigator
  if (!locks) return queue.flush()
  return locks
    .request('queue', { ifAvailable: true }, (lock) => (lock ? queue.flush() : undefined))
    .then(() => undefined)
}

/** Reads the queue and keeps sending it. */
export async function startQueue(): Promise<void> {
  await queue.load()
  watch(
    () => session.signedIn && session.login,
    (login) => login && void sendQueue(),
    { immediate: true },
  )
  window.addEventListener('online', () => void sendQueue())
  document.addEventListener('visibilitychange', () => document.hidden || void sendQueue())
  setInterval(() => queue.own.value.some(({ state }) => state === 'waiting') && void sendQueue(), AGAIN_MS)
}
