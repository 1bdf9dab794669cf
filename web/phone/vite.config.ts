import vue from '@vitejs/plugin-vue'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { defineConfig, mergeConfig, type Plugin } from 'vite'
import { entry } from '../vite.shared.ts'

const BASE = '/m/'
/** Copied as they are, beside what is built. */
const PUBLIC = ['icon.svg', 'manifest.json']

/** Writes `worker.js` with the list of built files and a version that changes with any of them. */
function offlineWorker(): Plugin {
  return {
    name: 'offline-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const hash = createHash('sha256')
      const built = Object.values(bundle).filter(({ fileName }) => !fileName.startsWith('.vite/'))
      for (const file of built) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
      const source = readFileSync(new URL('./worker/worker.js', import.meta.url), 'utf8')
      const version = hash.update(source).digest('hex').slice(0, 16)
      const files = [...built.map(({ fileName }) => fileName), ...PUBLIC].map((name) => BASE + name)
      const head = `const VERSION = ${JSON.stringify(version)}\nconst FILES = ${JSON.stringify(files.sort())}\n`
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: head + source })
    },
  }
}

export default defineConfig(mergeConfig(entry('phone', BASE, 'dist/m'), { plugins: [vue(), offlineWorker()] }))
