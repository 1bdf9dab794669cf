/** Sending one thing through the queue while the page waits for it. */
import type { Problem } from '@shared/api/failure'
import { ref, shallowRef } from 'vue'
import { queue, sendQueue } from '../queue'
import type { Draft, Item } from '../queue/item'

export function useSending(mended?: Item) {
  const busy = ref(false)
  const told = ref(mended?.why ?? '')
  const problems = shallowRef<readonly Problem[]>(mended?.problems ?? [])
  let key = mended?.key

  /** Resolves whether the page may be left: it has arrived, or waits on the phone for a network. */
  async function sendNow(draft: Draft): Promise<boolean> {
    busy.value = true
    told.value = ''
    try {
      const item = await queue.add(draft, key)
      key = item.key
      await sendQueue()
      const after = queue.state.items.find((other) => other.key === key)
      if (after?.state !== 'returned') return true
      told.value = after.why ?? ''
      problems.value = after.problems ?? []
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, told, problems, sendNow }
}
