/** A double of the program for the phone pages: built files, and answers that remember what was sent. For trying offline and looks. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ACCOUNT, CATALOGUE, DEMO, DEVICES, NOTICES, ROUND, TODO, UNITS, caseOf, cases } from './double-data.js'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; " +
  "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const refusal = (status, code, detail, problems = []) => ({ status, body: { code, detail, problems } })

/** What the double answers; `refuse` is asked before anything is done: a refusal, or nothing. */
function answersOf(seen) {
  const session = () => ({ csrf: 'c', must_change: false, ...ACCOUNT })
  return {
    'GET /api/v1/session': () => (seen.signedIn ? session() : refusal(401, '401.1', '请先登录')),
    'POST /api/v1/session': ({ body }) => {
      if (body.password !== DEMO.people[0].password) return refusal(401, '401.2', '账号或密码不对')
      Object.assign(seen, { signedIn: true, device: body.device })
      return { csrf: 'c', must_change: false }
    },
    'DELETE /api/v1/session': () => ((seen.signedIn = false), { status: 204 }),
    'GET /api/v1/session/devices': () => DEVICES,
    'DELETE /api/v1/session/devices/{}': ({ names: [id] }) => (seen.dropped.push(id), { status: 204 }),
    'GET /api/v1/demo': () => DEMO,
    'GET /api/v1/catalogue': () => CATALOGUE,
    'GET /api/v1/units': () => UNITS,
    'GET /api/v1/workbench': () => ({ roles: [], changes: [], trend: [], ...TODO }),
    'GET /api/v1/notices': () => NOTICES,
    'POST /api/v1/notices/{}/read': () => ({ status: 204 }),
    'GET /api/v1/rounds': () => ({ rounds: [ROUND] }),
    'GET /api/v1/rounds/{}/{}': () => ({ label: ROUND.label, due_at: ROUND.due_at, rows: [ROUND.mine] }),
    'POST /api/v1/rounds/{}/{}/{}': ({ body }) => (seen.returns.push(body), { ...ROUND.mine, standing: 'zero' }),
    'GET /api/v1/cases/{}': () => cases(),
    'GET /api/v1/cases/{}/{}': ({ names: [, id] }) => caseOf(id),
    'POST /api/v1/files': () => ({
      status: 201,
      body: { hash: `sha${(seen.files += 1)}`, name: 'a.jpg', media: 'image/jpeg' },
    }),
    'POST /api/v1/cases/{}': ({ names: [kind], body }) => {
      const before = seen.opened.findIndex(({ key }) => key === body.key)
      if (before < 0) seen.opened.push(body)
      const number = `QS-2026-${String((before < 0 ? seen.opened.length : before + 1) + 40).padStart(4, '0')}`
      return { status: 201, body: { id: 'a', kind, number } }
    },
    'POST /api/v1/cases/{}/{}/acts/{}': ({ body }) => (seen.acts.push(body), caseOf('a').case),
  }
}

function answer(answers, method, pathname) {
  for (const [pattern, action] of Object.entries(answers)) {
    const found = new RegExp(`^${pattern.replaceAll('{}', '([^/]+)')}$`).exec(`${method} ${pathname}`)
    if (found) return (body) => action({ names: found.slice(1).map(decodeURIComponent), body })
  }
  return () => refusal(404, '404.1', '没有找到')
}

async function bodyOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  if (!/json/.test(request.headers['content-type'] ?? '')) return {}
  return JSON.parse(Buffer.concat(parts).toString())
}

function file(pathname, picture) {
  if (pathname.startsWith('/api/v1/files/')) return { type: 'image/jpeg', body: picture }
  const wanted = join(dist, pathname)
  const found = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'm/index.html')
  return { type: TYPES[extname(found)] ?? 'application/octet-stream', body: readFileSync(found) }
}

/** Starts it; `refuse(key, body)` may return a refusal. Resolves `{ address, seen, stop }`. */
export async function startDouble({ refuse = () => undefined, picture = Buffer.alloc(0) } = {}) {
  const seen = { signedIn: false, device: '', dropped: [], opened: [], acts: [], returns: [], files: 0 }
  const answers = answersOf(seen)
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://double')
    const isFile = !pathname.startsWith('/api/') || (request.method === 'GET' && pathname.startsWith('/api/v1/files/'))
    if (isFile) {
      const { type, body } = file(pathname, picture)
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-store' })
      return response.end(body)
    }
    const body = await bodyOf(request)
    const given = refuse(`${request.method} ${pathname}`, body) ?? answer(answers, request.method, pathname)(body)
    const { status = 200, body: said = given } = typeof given.status === 'number' ? given : {}
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(status === 204 ? undefined : JSON.stringify(said))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const stop = () => new Promise((done) => (server.close(done), server.closeAllConnections()))
  return { address: `http://127.0.0.1:${server.address().port}`, seen, stop }
}

export { refusal }
