/** Every journey, one after the other, in one demo city; one that fails is walked once more before it counts as failed. `YANPAN` names the program; words are the files to run, all when left out. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCity } from './lib/city.js'

if (!process.env.YANPAN) throw new Error('YANPAN 要写明程序在哪里，例如 YANPAN=../target/debug/yanpan npm run journeys')
process.env.YANPAN = resolve(process.env.YANPAN)
const here = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(here).filter((name) => name.endsWith('.test.js'))
const files = process.argv.length > 2 ? process.argv.slice(2) : all.map((name) => join(here, name))
const made = process.env.CITY ? undefined : mkdtempSync(join(tmpdir(), 'yanpan-city-'))
let failed
try {
  if (made) makeCity(made)
  const env = { ...process.env, CITY: process.env.CITY ?? made }
  // One at a time: a journey waits for pages as a person does, and two browsers would wait for each other.
  const walk = (file) => spawnSync(process.execPath, ['--test', file], { stdio: 'inherit', env }).status === 0
  const again = (file) => {
    console.log(`再走一遍 / once more: ${basename(file)}`)
    return walk(file)
  }
  failed = files.filter((file) => !walk(file) && !again(file))
} finally {
  if (made) rmSync(made, { recursive: true, force: true })
}
if (failed.length) console.log(`没有走通 / failed: ${failed.map((file) => basename(file)).join('、')}`)
process.exit(failed.length ? 1 : 0)
