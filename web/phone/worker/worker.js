/**
 * Opens the phone pages without a network. Built with the list of files before it: `VERSION`, `FILES`.
 * Only files of the pages are kept here; answers of the server are kept by the pages, and leave with whoever signs out.
 */
/* global VERSION, FILES */
const PREFIX = 'yanpan-phone-'
const NAME = PREFIX + VERSION
/** The files of the version before stay for pages that are still open. */
const KEPT = 2

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(PREFIX) && name !== NAME))
      .then((before) =>
        Promise.all(before.slice(0, Math.max(0, before.length - KEPT + 1)).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith('/m/')) return
  const file = request.mode === 'navigate' ? '/m/index.html' : pathname
  event.respondWith(kept(file).then((found) => found ?? fetch(request)))
})

/** From this version first, then from the one before. */
async function kept(file) {
  const cache = await caches.open(NAME)
  return (await cache.match(file)) ?? (await caches.match(file))
}
