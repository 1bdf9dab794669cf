/** Whether the pages open without a network: the worker is installed where the address is secure. */
import { ref } from 'vue'

/** Undefined until it is known. */
export const opensOffline = ref<boolean>()

export function startOffline(): void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  if (!serviceWorker || !import.meta.env.PROD) {
    opensOffline.value = false
    return
  }
  const install = () =>
    serviceWorker.register('/m/worker.js', { scope: '/m/' }).then(
      () => serviceWorker.ready.then(() => (opensOffline.value = true)),
      () => (opensOffline.value = false),
    )
  // The first page comes first.
  if (document.readyState === 'complete') void install()
  else window.addEventListener('load', () => void install(), { once: true })
}
