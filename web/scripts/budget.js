/** Fails when a first load is too heavy, or when a built file names an outside address. Sizes are of gzip -9. */
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const LIMITS = [
  ['电脑端首次载入', 'index.html', '/', 450],
  ['手机端入口', 'm/index.html', '/m/', 120],
]
/** Fonts and scripts by address; a link for people, or a namespace, loads nothing. */
const OUTSIDE = /url\(\s*['"]?(https?:)?\/\/|@import\s+['"](https?:)?\/\/|<(script|link|img)[^>]+(src|href)=["'](https?:)?\/\//

const size = (path) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length / 1024
let failed = false

for (const [name, page, base, limit] of LIMITS) {
  const html = readFileSync(new URL(page, dist), 'utf8')
  const folder = page.replace('index.html', '')
  const links = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1])
  const files = links.map((link) => folder + link.slice(base.length))
  const total = [page, ...files].reduce((sum, path) => sum + size(path), 0)
  const verdict = total <= limit ? '在限值内' : '超出限值'
  console.log(`${name}: ${total.toFixed(1)} KB / ${limit} KB(gzip)${verdict}`)
  failed ||= total > limit
}

for (const path of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html)$/.test(path)) continue
  const found = OUTSIDE.exec(readFileSync(new URL(path, dist), 'utf8'))
  if (!found) continue
  console.error(`${path} 引用了外部地址:${found[0]}`)
  failed = true
}
process.exit(failed ? 1 : 0)
