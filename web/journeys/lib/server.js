/** A running program for a journey: the demo or an installation, on a free port, ended with the journey. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * Starts `yanpan` with these words (`['serve', '--data', dir]`) and resolves when it says where it listens.
 * Returns `{ address, stop }`.
 */
export async function start(binary, words) {
  const child = spawn(binary, [...words, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said = []
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line)
    const address = /http:\/\/[\d.:]+/.exec(line)?.[0]
    if (address) {
      child.stderr.resume()
      return { address, stop: () => stop(child) }
    }
  }
  throw new Error(`${binary} ${words.join(' ')} 没有启动：\n${said.join('\n')}`)
}

async function stop(child) {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
