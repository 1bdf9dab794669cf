import js from '@eslint/js'
import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier/flat'
import vue from 'eslint-plugin-vue'

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'shots/**', 'shared/api/schema.d.ts', '**/components.d.ts'] },
  js.configs.recommended,
  vue.configs['flat/recommended'],
  vueTsConfigs.strict,
  prettier,
  {
    rules: {
      'max-lines': ['error', 600],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['phone/worker/*.js'],
    languageOptions: {
      globals: { self: 'readonly', caches: 'readonly', Request: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
  },
  {
    files: ['scripts/**/*.js', 'journeys/**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        window: 'readonly',
        document: 'readonly',
      },
    },
  },
)
