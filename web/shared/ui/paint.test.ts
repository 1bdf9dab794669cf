import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { going, paintBeforePages } from './paint'

const page = { template: '<p />' }

function makeRouter() {
  const routes = ['/', '/a'].map((path) => ({ path, component: page }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  paintBeforePages(router)
  return router
}

afterEach(() => vi.unstubAllGlobals())

describe('going to a page', () => {
  it('waits for a paint, and says so meanwhile', async () => {
    const frames: (() => void)[] = []
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
    const router = makeRouter()
    await router.push('/')
    expect(frames).toEqual([])
    const gone = router.push('/a')
    await vi.waitUntil(() => frames.length)
    expect([router.currentRoute.value.path, going.value]).toEqual(['/', true])
    frames[0]!()
    await gone
    expect([router.currentRoute.value.path, going.value]).toEqual(['/a', false])
  })

  it('does not wait for a browser that paints nothing', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    const router = makeRouter()
    await router.push('/')
    await router.push('/a')
    expect(router.currentRoute.value.path).toBe('/a')
  })
})
