/** A page opened before an upgrade asks for files that are gone: it is loaded anew, at most once a minute. */
export function reloadWhenStale(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem('reloaded') ?? 0)
    if (!navigator.onLine || Date.now() - last < 60_000) return
    event.preventDefault()
    sessionStorage.setItem('reloaded', String(Date.now()))
    location.reload()
  })
}
