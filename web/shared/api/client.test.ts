import { describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useAsk } from './ask'
import { addressOf, api, onSignedOut, useCsrf } from './client'
import { Failure } from './failure'

function answer(status: number, body: unknown) {
  const fetched = vi.fn(async (address: string, request: RequestInit) => {
    void [address, request]
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  })
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('a call', () => {
  it('repeats the CSRF token unless it is a GET', async () => {
    useCsrf('token')
    const fetched = answer(200, { units: [] })
    await api.get('/api/v1/units')
    await api.post('/api/v1/session', { body: { login: 'a', password: 'b' } })
    expect(fetched.mock.calls[0]![1].headers).not.toHaveProperty('x-csrf-token')
    expect(fetched.mock.calls[1]![1].headers).toMatchObject({
      'x-csrf-token': 'token',
      'content-type': 'application/json',
    })
  })

  it('fills the path and leaves out what is empty of the query', () => {
    expect(addressOf('/a/{kind}/{id}', { path: { kind: '甲/乙', id: '1' }, query: { q: '', n: 0, s: 'x' } })).toBe(
      '/a/%E7%94%B2%2F%E4%B9%99/1?n=0&s=x',
    )
  })

  it('fails with the problem of the server', async () => {
    const problems = [{ code: '422.1', slug: 'answer', message: '不对', field: 'place' }]
    answer(422, { code: '422.1', detail: '不对', problems })
    await expect(api.get('/api/v1/units')).rejects.toMatchObject({
      status: 422,
      code: '422.1',
      detail: '不对',
      problems,
    })
  })

  it('says that nobody is signed in, once for all pages', async () => {
    const out = vi.fn()
    onSignedOut(out)
    answer(401, { code: '401.1', detail: '请先登录' })
    await expect(api.get('/api/v1/units')).rejects.toBeInstanceOf(Failure)
    expect(out).toHaveBeenCalledOnce()
  })

  it('knows a missing connection from a refusal', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
    await expect(api.get('/api/v1/units')).rejects.toMatchObject({ offline: true })
  })
})

describe('a question of a page', () => {
  it('keeps the newest answer, whichever comes last', async () => {
    const settle: ((value: string) => void)[] = []
    const on = ref(0)
    const scope = effectScope()
    const ask = scope.run(() => useAsk(() => new Promise<string>((done) => settle.push(done)), on))!
    on.value = 1
    await nextTick()
    settle[1]!('new')
    settle[0]!('old')
    await new Promise((done) => setTimeout(done))
    expect(ask.data).toBe('new')
    expect(ask.busy).toBe(false)
    scope.stop()
  })
})
