/** The system's Python, where `make setup` puts openpyxl: runs a script beside this one and gives what it prints. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export function python(script, ...words) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [path, ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}
