// @vitest-environment node
import 'fake-indexeddb/auto'
import { Failure } from '@shared/api/failure'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDrawers, drawer } from '../keep/drawer'
import { localRef, stateText, type Draft, type Picture } from './item'
import { makeQueue, passes, type Reach } from './queue'

const offline = () => new Failure(0, '网络', '连不上服务器')
const refusal = () =>
  new Failure(422, '422.1', '请填写「部位」', [{ code: '422.1', slug: '', message: '请填写「部位」', field: 'place' }])
const photo = (id: string): Picture => ({ id, name: `${id}.jpg`, blob: new Blob([id]) })

function draft(description: string, pictures: Picture[] = []): Draft {
  const answers = { description, photos: pictures.map(localRef) }
  const body = { unit: 'u1', verb: 'register' }
  return {
    path: '/api/v1/cases/{kind}',
    values: { kind: 'k' },
    body,
    answers,
    pictures,
    title: '登记',
    about: '',
    page: '/',
  }
}

/** A queue over the phone's database with a server that does as told. */
function opened(given: Partial<Reach> = {}) {
  const upload = vi.fn(async ({ id, name }: Picture) => ({ hash: `sha-${id}`, name }))
  const send = vi.fn(async (_path: string, _values: object, body: object): Promise<unknown> => {
    const { key } = body as { key: string }
    return { id: `case-${key}`, kind: 'k', number: `N-${key}` }
  })
  let keys = 0
  const reach = { drawer: drawer('queue'), owner: () => 'chen', upload, send, now: () => 1_000 }
  const queue = makeQueue({ ...reach, newKey: () => `key-${++keys}`, ...given } as Reach)
  const sent = () => send.mock.calls.map(([, , body]) => body as Record<string, unknown>)
  return { queue, upload, send, sent }
}

beforeEach(() => drawer('queue').clear())

describe('the queue', () => {
  it('sends in the order in which things were done', async () => {
    const { queue, sent } = opened()
    for (const word of ['一', '二', '三']) await queue.add(draft(word))
    await queue.flush()
    expect(sent().map(({ answers }) => (answers as { description: string }).description)).toEqual(['一', '二', '三'])
    expect(queue.own.value.map((item) => stateText(item, ''))).toEqual([
      '已登记 N-key-1',
      '已登记 N-key-2',
      '已登记 N-key-3',
    ])
  })

  it('sends each thing once, though it is told to send twice at the same time and again afterwards', async () => {
    const { queue, send } = opened()
    await queue.add(draft('一'))
    await Promise.all([queue.flush(), queue.flush()])
    await queue.flush()
    expect(send).toHaveBeenCalledOnce()
  })

  it('stops without a network, keeps everything, and repeats the same key afterwards', async () => {
    const { queue, send, sent } = opened()
    send.mockRejectedValueOnce(offline())
    await queue.add(draft('一'))
    await queue.add(draft('二'))
    await queue.flush()
    expect(sent()).toHaveLength(1)
    expect(queue.unsent.value).toHaveLength(2)
    expect(queue.state.resting?.offline).toBe(true)
    await queue.flush()
    expect(sent().map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-2'])
    expect(queue.unsent.value).toHaveLength(0)
  })

  it('keeps a refused thing with its reason and its pictures, and goes on with the next', async () => {
    const { queue, send } = opened()
    send.mockRejectedValueOnce(refusal())
    await queue.add(draft('一', [photo('p')]))
    await queue.add(draft('二'))
    await queue.flush()
    const [first, second] = queue.own.value
    expect(first).toMatchObject({ state: 'returned', why: '请填写「部位」', problems: [{ field: 'place' }] })
    expect(await first!.pictures[0]!.blob.text()).toBe('p')
    expect(second!.state).toBe('done')
    await queue.flush()
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('sends a mended thing under the key and in the place of the one returned', async () => {
    const { queue, send, sent } = opened()
    send.mockRejectedValueOnce(refusal())
    const { key } = await queue.add(draft('一'))
    await queue.add(draft('二'))
    await queue.flush()
    await queue.add(draft('一，改过'), key)
    expect(queue.own.value.map((item) => item.key)).toEqual(['key-1', 'key-2'])
    expect(queue.own.value[0]).not.toHaveProperty('why')
    await queue.flush()
    expect(sent().at(-1)).toMatchObject({ key: 'key-1', answers: { description: '一，改过' } })
  })

  it('goes on after the page was closed, with the pictures and without sending one twice', async () => {
    const before = opened()
    before.send.mockRejectedValueOnce(offline())
    await before.queue.add(draft('一', [photo('p'), photo('q')]))
    await before.queue.flush()
    expect(before.upload).toHaveBeenCalledTimes(2)
    await closeDrawers()

    const after = opened()
    await after.queue.load()
    expect(await after.queue.state.items[0]!.pictures[1]!.blob.text()).toBe('q')
    await after.queue.flush()
    expect(after.upload).not.toHaveBeenCalled()
    expect(after.sent()).toMatchObject([
      {
        key: 'key-1',
        device_at: 1_000,
        unit: 'u1',
        answers: {
          photos: [
            { hash: 'sha-p', name: 'p.jpg' },
            { hash: 'sha-q', name: 'q.jpg' },
          ],
        },
      },
    ])
  })

  it('sends a picture again that the server may have swept', async () => {
    let now = 0
    const { queue, send, upload } = opened({ now: () => now })
    send.mockRejectedValueOnce(offline())
    await queue.add(draft('一', [photo('p')]))
    await queue.flush()
    now = 13 * 3_600_000
    await queue.flush()
    expect(upload).toHaveBeenCalledTimes(2)
  })

  it('neither shows nor sends what another person did on this phone', async () => {
    let owner = 'chen'
    const { queue, send } = opened({ owner: () => owner })
    await queue.add(draft('一'))
    owner = 'liu'
    await queue.flush()
    expect(send).not.toHaveBeenCalled()
    owner = ''
    await queue.flush()
    expect(send).not.toHaveBeenCalled()
  })

  it('forgets done things after a week, and never what has not been sent', async () => {
    let now = 0
    const { queue, send } = opened({ now: () => now })
    await queue.add(draft('一'))
    await queue.flush()
    send.mockRejectedValueOnce(offline())
    await queue.add(draft('二'))
    await queue.flush()
    now = 8 * 24 * 3_600_000
    const later = opened({ now: () => now })
    await later.queue.load()
    expect(later.queue.state.items.map(({ answers }) => answers['description'])).toEqual(['二'])
  })
})

describe('a failure', () => {
  const failure = (status: number, code: string) => new Failure(status, code, '')

  it('passes by itself without a network, with a busy server, with an ended session', () => {
    for (const one of [
      offline(),
      failure(503, '503.1'),
      failure(429, '429'),
      failure(401, '401.1'),
      failure(403, '403.4'),
    ])
      expect(passes(one)).toBe(true)
  })

  it('is a refusal otherwise, also where the password was asked for and not given', () => {
    for (const one of [
      refusal(),
      failure(403, '403.1'),
      failure(409, '409.1'),
      failure(413, '413.1'),
      failure(401, '401.5'),
    ])
      expect(passes(one)).toBe(false)
  })
})
