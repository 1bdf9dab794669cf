/** Every journey, one after the other, in one demo city. `YANPAN` names the program; words are the files to run, all when left out. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCity } from './lib/city.js'

if (!process.env.YANPAN) throw new Error('YANPAN 要写明程序在哪里，例如 YANPAN=../target/debug/yanpan npm run journeys')
process.env.YANPAN = resolve(process.env.YANPAN)
const here = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(here).filter((name) => name.endsWith('.test.js'))
const files = process.argv.length > 2 ? process.argv.slice(2) : all.map((name) => join(here, name))
const made = process.env.CITY ? undefined : mkdtempSync(join(tmpdir(), 'yanpan-city-'))
let status
try {
  if (made) makeCity(made)
  const env = { ...process.env, CITY: process.env.CITY ?? made }
  // One at a time: a journey waits for pages as a person does, and two browsers would wait for each other.
  status = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], { stdio: 'inherit', env }).status
} finally {
  if (made) rmSync(made, { recursive: true, force: true })
}
process.exit(status ?? 1)
