/** A touch is seen before the page that it asks for is drawn: drawing may take longer than the eye forgives. */
import { ref } from 'vue'
import type { Router } from 'vue-router'

/** A browser that paints nothing, as one whose window is covered, is not waited for longer. */
const LONGEST = 200

/** Whether a page is on its way. */
export const going = ref(false)

/** Resolves when the browser has painted what there is; at once where nobody looks. */
export function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve()
  return new Promise((done) => {
    setTimeout(done, LONGEST)
    // A frame is asked for before it is painted; the next task comes after.
    requestAnimationFrame(() => setTimeout(done))
  })
}

/** Lets the browser paint before a page is put in the place of another. */
export function paintBeforePages(router: Router): void {
  router.beforeEach((_to, from) => {
    going.value = from.matched.length > 0
  })
  router.beforeResolve((_to, from) => (from.matched.length > 0 ? painted() : undefined))
  router.afterEach(() => (going.value = false))
  router.onError(() => (going.value = false))
}
