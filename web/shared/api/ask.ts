/** A question to the server as a page holds it: what came, what failed, whether it is under way. */
import { onScopeDispose, shallowReactive, watch, type WatchSource } from 'vue'
import { asFailure, type Failure } from './failure'

export interface Ask<T> {
  data: T | undefined
  failure: Failure | undefined
  busy: boolean
  again: () => Promise<void>
}

/**
 * Asks at once and whenever `on` changes; only the newest answer counts.
 * `const cases = useAsk((signal) => api.get('/api/v1/…', { signal }), () => route.query)`
 */
export function useAsk<T>(question: (signal: AbortSignal) => Promise<T>, on?: WatchSource): Ask<T> {
  let under: AbortController | undefined
  const ask = shallowReactive<Ask<T>>({ data: undefined, failure: undefined, busy: false, again })

  async function again(): Promise<void> {
    under?.abort()
    const mine = (under = new AbortController())
    ask.busy = true
    try {
      const data = await question(mine.signal)
      if (mine === under) Object.assign(ask, { data, failure: undefined })
    } catch (thrown) {
      if (mine === under) ask.failure = asFailure(thrown)
    } finally {
      if (mine === under) ask.busy = false
    }
  }

  if (on) watch(on, again)
  void again()
  // A page that is left wants no answer, and no failure either.
  onScopeDispose(() => {
    under?.abort()
    under = undefined
  })
  return ask
}
