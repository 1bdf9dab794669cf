import vue from '@vitejs/plugin-vue'
import elementPlus from 'unplugin-element-plus/vite'
import { defineConfig, mergeConfig } from 'vite'
import { entry } from '../vite.shared'

export default defineConfig(mergeConfig(entry('console', '/', 'dist'), { plugins: [vue(), elementPlus({})] }))
