/** What one may import into. */
import type { ImportTarget } from '@shared/api/answers'
import { useAsk } from '@shared/api/ask'
import { api } from '@shared/api/client'
import { computed } from 'vue'

/** Asks once a page. */
export function useTargets() {
  const ask = useAsk((signal) => api.get('/api/v1/imports/targets', { signal }))
  const all = computed<ImportTarget[]>(() => ask.data ?? [])
  const target = (key: string) => all.value.find((one) => one.key === key)
  const title = (key: string) => target(key)?.title ?? key
  return { all, target, title }
}
