/** The demo city of a run: made once, and copied for each journey, so that none sees what another did. `YANPAN` names the program. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from './server.js'

/** Makes the city in this folder; it is there when this returns. */
export function makeCity(folder) {
  const words = ['demo', '--no-serve', '--data', join(folder, 'data'), '--out', join(folder, 'out')]
  const { status, error } = spawnSync(process.env.YANPAN, words, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw error ?? new Error(`${process.env.YANPAN} ${words.join(' ')}: ${status}`)
}

/** A copy of the run's city (`CITY`, or one made for this journey alone), served. Returns `{ address, stop }`. */
export async function serveCity() {
  const folder = mkdtempSync(join(tmpdir(), 'yanpan-journey-'))
  if (process.env.CITY) cpSync(join(process.env.CITY, 'data'), join(folder, 'data'), { recursive: true })
  else makeCity(folder)
  const server = await start(process.env.YANPAN, ['serve', '--data', join(folder, 'data')])
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { address: server.address, stop }
}
