/** The phone's queue: kept in its database, sent in order, each thing once, a refusal kept with its reason. */
import { Failure } from '@shared/api/failure'
import type { FileRef } from '@shared/form/form'
import { computed, shallowReactive } from 'vue'
import type { Drawer } from '../keep/drawer'
import { named, type Draft, type Item, type Path, type Picture } from './item'

/** Files that no case names are swept on the server after a day: older ones are sent again. */
const STORED_MS = 12 * 3_600_000
/** Done things are shown for a week. */
const SHOWN_MS = 7 * 24 * 3_600_000

export interface Reach {
  drawer: Drawer
  /** Who is signed in; nothing is sent for nobody. */
  owner: () => string
  upload: (picture: Picture) => Promise<FileRef>
  send: (path: Path, values: Record<string, string>, body: object) => Promise<unknown>
  now: () => number
  newKey: () => string
}

/** Whether a failure passes by itself: no network, a busy server, a session that ended. Anything else is a refusal. */
export function passes({ status, code, offline, asksPassword }: Failure): boolean {
  if (asksPassword) return false
  return offline || status >= 500 || [401, 408, 429].includes(status) || code === '403.3' || code === '403.4'
}

export type Queue = ReturnType<typeof makeQueue>

export function makeQueue({ drawer, owner, upload, send, now, newKey }: Reach) {
  const state = shallowReactive({
    items: [] as Item[],
    /** Key of what is under way. */
    sending: '',
    /** Why sending rests. */
    resting: undefined as Failure | undefined,
  })
  const own = computed(() => state.items.filter((item) => item.owner === owner()))
  const unsent = computed(() => own.value.filter(({ state: is }) => is !== 'done'))
  let running: Promise<void> | undefined

  async function put(item: Item): Promise<Item> {
    await drawer.put(item.key, item)
    const others = state.items.filter(({ key }) => key !== item.key)
    state.items = [...others, item].sort((a, b) => a.order - b.order)
    return item
  }

  async function remove(key: string): Promise<void> {
    if (key === state.sending) return
    await drawer.remove(key)
    state.items = state.items.filter((item) => item.key !== key)
  }

  /** Reads what was kept, once the page opens. */
  async function load(): Promise<void> {
    const all = await drawer.all<Item>()
    state.items = all.sort((a, b) => a.order - b.order)
    const old = all.filter((item) => item.state === 'done' && now() - item.deviceAt > SHOWN_MS)
    for (const { key } of old) await remove(key)
  }

  /** Keeps a thing that was done; with `instead` the mended one takes the place and the key of the one returned. */
  async function add(draft: Draft, instead?: string): Promise<Item> {
    const before = state.items.find(({ key, state: is }) => key === instead && is === 'returned')
    const last = state.items.at(-1)?.order ?? 0
    const { key = newKey(), order = last + 1, deviceAt = now() } = before ?? {}
    // What is kept of the one returned is its name and place, not why it came back.
    return put({ ...draft, key, order, deviceAt, owner: owner(), state: 'waiting' })
  }

  async function store(item: Item): Promise<Item> {
    let current = item
    for (const picture of item.pictures) {
      if (picture.stored && now() - picture.stored.at < STORED_MS) continue
      const stored = { ...(await upload(picture)), at: now() }
      const pictures = current.pictures.map((other) => (other.id === picture.id ? { ...other, stored } : other))
      current = await put({ ...current, pictures })
    }
    return current
  }

  /** Sends one; resolves whether the next may follow. */
  async function sendOne(item: Item): Promise<boolean> {
    let current = item
    state.sending = item.key
    try {
      current = await store(current)
      const { key, deviceAt: device_at, body, answers, pictures, path, values } = current
      const outcome = await send(path, values, { ...body, answers: named(answers, pictures), device_at, key })
      await put({ ...current, ...read(outcome), state: 'done', pictures: [] })
      return true
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      if (passes(thrown)) {
        state.resting = thrown
        return false
      }
      current = state.items.find(({ key }) => key === item.key) ?? current
      await put({ ...current, state: 'returned', why: thrown.detail, problems: thrown.problems })
      return true
    } finally {
      state.sending = ''
    }
  }

  async function sendAll(): Promise<void> {
    state.resting = undefined
    for (;;) {
      const next = own.value.find(({ state: is }) => is === 'waiting')
      if (!next || !(await sendOne(next))) return
    }
  }

  /** Sends what waits, in order; a second call joins the first. */
  function flush(): Promise<void> {
    if (!owner()) return Promise.resolve()
    running ??= sendAll().finally(() => (running = undefined))
    return running
  }

  return { state, own, unsent, load, add, remove, flush }
}

function read(outcome: unknown): Pick<Item, 'number' | 'at'> {
  const { number, kind, id } = (outcome ?? {}) as { number?: unknown; kind?: unknown; id?: unknown }
  const told: Pick<Item, 'number' | 'at'> = {}
  if (typeof number === 'string') told.number = number
  if (typeof kind === 'string' && typeof id === 'string') told.at = { kind, id }
  return told
}
