/** What the phone keeps in its own database: drawers of values by key. Without one, it holds them while the page is open. */

const DRAWERS = ['queue', 'drafts', 'kept'] as const

export interface Drawer {
  get<T>(key: string): Promise<T | undefined>
  all<T>(): Promise<T[]>
  put(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
  clear(): Promise<void>
}

let opened: Promise<IDBDatabase | undefined> | undefined

function open(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((done) => {
    if (typeof indexedDB === 'undefined') return done(undefined)
    const asking = indexedDB.open('yanpan', 1)
    asking.onupgradeneeded = () => DRAWERS.forEach((name) => asking.result.createObjectStore(name))
    asking.onsuccess = () => done(asking.result)
    asking.onerror = () => done(undefined)
  })
  return opened
}

/** Whether what is kept outlives the page. */
export async function lasting(): Promise<boolean> {
  return (await open()) !== undefined
}

/** Closes the database, as leaving the page does. */
export async function closeDrawers(): Promise<void> {
  ;(await opened)?.close()
  opened = undefined
}

export function drawer(name: (typeof DRAWERS)[number]): Drawer {
  const held = new Map<string, unknown>()

  async function act<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await open()
    if (!database) throw new Error('no database')
    return new Promise((done, fail) => {
      const transaction = database.transaction(name, mode)
      const asked = request(transaction.objectStore(name))
      transaction.oncomplete = () => done(asked.result)
      transaction.onabort = () => fail(transaction.error ?? new Error('aborted'))
    })
  }

  return {
    get: async <T>(key: string) =>
      ((await lasting()) ? await act('readonly', (store) => store.get(key)) : held.get(key)) as T | undefined,
    all: async <T>() =>
      ((await lasting()) ? await act('readonly', (store) => store.getAll()) : [...held.values()]) as T[],
    async put(key, value) {
      if (await lasting()) await act('readwrite', (store) => store.put(value, key))
      else held.set(key, value)
    },
    async remove(key) {
      if (await lasting()) await act('readwrite', (store) => store.delete(key))
      else held.delete(key)
    },
    async clear() {
      if (await lasting()) await act('readwrite', (store) => store.clear())
      else held.clear()
    },
  }
}
