import vue from '@vitejs/plugin-vue'
import { defineConfig, mergeConfig } from 'vite'
import { entry } from '../vite.shared.ts'

export default defineConfig(mergeConfig(entry('phone', '/m/', 'dist/m'), { plugins: [vue()] }))
