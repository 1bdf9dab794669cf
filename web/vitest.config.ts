import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@shared': fileURLToPath(new URL('./shared', import.meta.url)) } },
  test: {
    environment: 'jsdom',
    include: ['{console,phone,shared}/**/*.test.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    unstubGlobals: true,
    server: { deps: { inline: ['element-plus', 'vant'] } },
  },
})
