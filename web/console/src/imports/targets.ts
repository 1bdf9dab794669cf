/** What one may import into. */
import type { ImportTarget } from '@shared/api/answers'
import { useAsk } from '@shared/api/ask'
import { api } from '@shared/api/client'
import { views } from '@shared/catalogue/catalogue'
import { computed } from 'vue'

/** Asks once a page. */
export function useTargets() {
  const ask = useAsk((signal) => api.get('/api/v1/imports/targets', { signal }))
  const all = computed<ImportTarget[]>(() => inOrder(ask.data ?? []))
  const target = (key: string) => all.value.find((one) => one.key === key)
  const title = (key: string) => target(key)?.title ?? key
  return { all, target, title }
}

/** Ledgers that have a list in the menu first and in its order, then the others as the server says them. */
export function inOrder(targets: readonly ImportTarget[]): ImportTarget[] {
  const listed = views().map((view) => (view.kind === 'list' ? view.case : ''))
  const place = ({ case: kind }: ImportTarget) => {
    const at = kind === null ? -1 : listed.indexOf(kind)
    return at < 0 ? listed.length : at
  }
  return [...targets].sort((a, b) => place(a) - place(b))
}
