import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { useAsk } from './ask'

describe('a question', () => {
  it('of a page that is left ends without a failure', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const scope = effectScope()
    scope.run(() =>
      useAsk((signal) => new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(signal.reason)))),
    )
    scope.stop()
    await new Promise((done) => setTimeout(done, 10))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})
