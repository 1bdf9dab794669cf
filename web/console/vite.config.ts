import vue from '@vitejs/plugin-vue'
import elementPlus from 'unplugin-element-plus/vite'
import { defineConfig, mergeConfig } from 'vite'
import { entry } from '../vite.shared.ts'

export default defineConfig(mergeConfig(entry('console', '/', 'dist'), { plugins: [vue(), elementPlus({})] }))
