/** The built pages without a program: files of `dist/`, answers by the journey. For trying the look of a page. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
/** The same policy as the program's. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; " +
  "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export const ADDRESS = 'http://yanpan.test'

/** Answers every request of the page; `answers` is `{ 'GET /api/v1/units': body | (request) => [status, body] }`. */
export async function serveBuilt(page, answers) {
  await page.route('**/*', async (route) => {
    const request = route.request()
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) {
      const given = answers[`${request.method()} ${pathname}`]
      const [status, body] =
        typeof given === 'function' ? given(request) : given === undefined ? [404, problem(pathname)] : [200, given]
      return route.fulfill({ status, json: body })
    }
    const wanted = dist + pathname.slice(1)
    const file =
      existsSync(wanted) && statSync(wanted).isFile()
        ? wanted
        : `${dist}${pathname.startsWith('/m/') ? 'm/' : ''}index.html`
    return route.fulfill({
      body: readFileSync(file),
      contentType: TYPES[extname(file)] ?? 'application/octet-stream',
      headers: { 'content-security-policy': POLICY },
    })
  })
}

const problem = (what) => ({ code: '404.1', detail: `没有${what}`, problems: [] })
