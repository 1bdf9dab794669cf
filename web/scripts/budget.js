/** Fails when a first load is too heavy, or when a built file names an outside address. Sizes are of gzip -9. */
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
/** What is loaded until the first page is seen: the entry, its shell and that page, with all they import. */
const FIRST_LOADS = [
  {
    title: '电脑端首次载入',
    folder: '',
    limit: 450,
    first: ['index.html', 'src/shell/Shell.vue', 'src/pages/work/WorkPage.vue'],
  },
  {
    title: '手机端入口',
    folder: 'm/',
    limit: 120,
    first: ['index.html', 'src/shell/PhoneShell.vue', 'src/pages/RegisterPage.vue'],
  },
]
/** Styles, scripts and pictures by address; a link for people, or a namespace, loads nothing. */
const OUTSIDE =
  /url\(\s*['"]?(https?:)?\/\/|@import\s+['"](https?:)?\/\/|<(script|link|img)[^>]+(src|href)=["'](https?:)?\/\//

const read = (path) => readFileSync(new URL(path, dist))

/** Files of manifest entries and of everything they import before they run. */
function closure(manifest, names, found = new Set()) {
  for (const name of names) {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`${name} 不在构建清单中`)
    if (found.has(chunk.file)) continue
    found.add(chunk.file)
    for (const style of chunk.css ?? []) found.add(style)
    closure(manifest, chunk.imports ?? [], found)
  }
  return found
}

let failed = false
for (const { title, folder, limit, first } of FIRST_LOADS) {
  const manifest = JSON.parse(read(`${folder}.vite/manifest.json`))
  const files = ['index.html', ...closure(manifest, first)]
  const total = files.reduce((sum, file) => sum + gzipSync(read(folder + file), { level: 9 }).length, 0) / 1024
  console.log(`${title}: ${total.toFixed(1)} KB / ${limit} KB(gzip),${files.length} 个文件`)
  if (total > limit) {
    console.error(`${title}超出限值`)
    failed = true
  }
}

for (const path of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html)$/.test(path)) continue
  const found = OUTSIDE.exec(read(path).toString())
  if (!found) continue
  console.error(`${path} 引用了外部地址：${found[0]}`)
  failed = true
}
process.exit(failed ? 1 : 0)
