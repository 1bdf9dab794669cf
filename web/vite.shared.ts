/** What both builds share: the port of the server in development, and names without outside addresses. */
import { fileURLToPath } from 'node:url'
import type { Plugin, UserConfig } from 'vite'

/** Address of a running `yanpan serve`; another one by `YANPAN_SERVER=http://… npm run dev`. */
const server = process.env['YANPAN_SERVER'] ?? 'http://127.0.0.1:8420'

/** Cuts font sources on other hosts out of styles, so that an isolated network never waits for them. */
function withoutOutsideFonts(): Plugin {
  return {
    name: 'without-outside-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith('.css') || !code.includes('//at.alicdn.com')) return
      return { code: code.replace(/,\s*url\(['"]?\/\/at\.alicdn\.com[^)]*\)\s*format\([^)]*\)/g, ''), map: null }
    },
  }
}

/** The settings of one entry. */
export function entry(name: 'console' | 'phone', base: string, outDir: string): UserConfig {
  return {
    root: fileURLToPath(new URL(`./${name}`, import.meta.url)),
    base,
    plugins: [withoutOutsideFonts()],
    resolve: { alias: { '@shared': fileURLToPath(new URL('./shared', import.meta.url)) } },
    build: {
      outDir: fileURLToPath(new URL(`./${outDir}`, import.meta.url)),
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
    },
    server: { proxy: { '/api': server } },
  }
}
