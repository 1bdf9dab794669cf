/** A picture of every page at both widths, into `shots/`, from a running demo. `YANPAN` names the program. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultsOfAccess, launch, pageOf } from './lib/browser.js'
import { start } from './lib/server.js'

const shots = fileURLToPath(new URL('../shots/', import.meta.url))
const PAGES = [
  ['desk', '/sign-in'],
  ['desk', '/work'],
  ['desk', '/collect/imports'],
  ['desk', '/organisation/units'],
  ['desk', '/organisation/people'],
  ['desk', '/assess/indicators'],
  ['desk', '/report/reports'],
  ['desk', '/report/verify'],
  ['desk', '/system/state'],
  ['desk', '/system/trail'],
  ['desk', '/system/devices'],
  ['desk', '/system/notices'],
  ['desk', '/nowhere'],
  ['desk', '/password'],
  ['phone', '/work'],
  ['phone', '/organisation/units'],
  ['phone', '/m/sign-in'],
  ['phone', '/m/register'],
  ['phone', '/m/tasks'],
  ['phone', '/m/me'],
  ['phone', '/m/password'],
]

const folder = mkdtempSync(join(tmpdir(), 'yanpan-shots-'))
const server = await start(process.env.YANPAN, ['demo', '--data', folder])
const browser = await launch()
let failed = false
mkdirSync(shots, { recursive: true })

/** Cookies of the demo's first person. */
async function session() {
  const page = await pageOf(browser, 'desk')
  await page.goto(`${server.address}/sign-in`)
  await page.locator('section button').first().click()
  await page.waitForURL(/\/work$/)
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

try {
  const storageState = await session()
  for (const [width, path] of PAGES) {
    const page = await pageOf(browser, width, path.endsWith('/sign-in') ? {} : { storageState })
    await page.goto(server.address + path, { waitUntil: 'networkidle' })
    const name = `${width}${path.replaceAll('/', '-')}.png`
    await page.screenshot({ path: join(shots, name) })
    const faults = [...(await faultsOfAccess(page)), ...page.faults]
    console.log(name, faults.length ? faults.join('\n  ') : '')
    failed ||= faults.length > 0
    await page.context().close()
  }
} finally {
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)
