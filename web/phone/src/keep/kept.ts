/** Answers of the server as they were last seen, so that a page opens at once and without a network. */
import { useAsk, type Ask } from '@shared/api/ask'
import { watch, type WatchSource } from 'vue'
import { drawer } from './drawer'

const answers = drawer('kept')

export const keep = (name: string, answer: unknown): Promise<void> => answers.put(name, answer)
export const kept = <T>(name: string): Promise<T | undefined> => answers.get<T>(name)
/** Whoever signs out leaves nothing to read. */
export const forgetKept = (): Promise<void> => answers.clear()

/** Like `useAsk`; shows what was kept under the name until the answer is here, and keeps the answer. */
export function useKept<T>(
  name: () => string,
  question: (signal: AbortSignal) => Promise<T>,
  on?: WatchSource,
): Ask<T> {
  const ask = useAsk(async (signal) => {
    const asked = name()
    const answer = await question(signal)
    void keep(asked, answer)
    return answer
  }, on)
  async function before(): Promise<void> {
    const asked = name()
    const known = await kept<T>(asked)
    if (ask.data === undefined && asked === name()) ask.data = known
  }
  if (on) {
    watch(on, () => {
      ask.data = undefined
      void before()
    })
  }
  void before()
  return ask
}

/** An ask for a page that says itself that there is no network: what was kept is shown without saying so again. */
export function calm<T>(ask: Readonly<Ask<T>>): Readonly<Ask<T>> {
  const { data, failure, busy, again } = ask
  return { data, failure: failure?.offline && data !== undefined ? undefined : failure, busy, again }
}
