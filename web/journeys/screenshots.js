/** A picture of every page at both widths, and of every state of a page, into `shots/`; faults of access fail. `YANPAN` names the program; words narrow it to the addresses that hold one of them. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultsOfAccess, launch, pageOf, settled } from './lib/browser.js'
import { serveCity } from './lib/city.js'
import { come } from './lib/people.js'

const shots = fileURLToPath(new URL('../shots/', import.meta.url))
const BOTH = ['desk', 'phone']
const PHONE = ['phone']

/** Who looks, at which widths, at what; `{case}`, `{report}`, `{unit}` and the like are found out first. */
const PAGES = [
  ['', BOTH, '/sign-in'],
  ['', PHONE, '/m/sign-in'],
  ['lin', BOTH, '/work'],
  ['chen', BOTH, '/work', 'head'],
  ['liu', BOTH, '/work', 'safety-officer'],
  ['du', BOTH, '/work', 'observer'],
  ['guan', BOTH, '/work', 'admin'],
  ['lin', BOTH, '/act/v/hazards'],
  ['lin', BOTH, '/act/v/tasks'],
  ['lin', BOTH, '/act/cases/hazard/{case}', 'case'],
  ['liu', BOTH, '/collect/v/register_hazard'],
  ['lin', BOTH, '/collect/v/monthly_returns'],
  ['liu', BOTH, '/collect/rounds/{return}', 'return'],
  ['liu', BOTH, '/collect/imports'],
  ['lin', BOTH, '/assess/indicators'],
  ['lin', BOTH, '/assess/indicators/{indicator}', 'indicator'],
  ['lin', BOTH, '/assess/indicators/{indicator}?by=period', 'indicator-by-period'],
  ['lin', BOTH, '/report/reports'],
  ['lin', BOTH, '/report/reports/{report}', 'report'],
  ['lin', BOTH, '/report/verify'],
  ['lin', BOTH, '/organisation/units'],
  ['guan', BOTH, '/organisation/units/{unit}', 'unit'],
  ['guan', BOTH, '/organisation/people'],
  ['guan', BOTH, '/system/state'],
  ['guan', BOTH, '/system/packs/{pack}', 'pack'],
  ['lin', BOTH, '/system/trail'],
  ['lin', BOTH, '/system/devices'],
  ['lin', BOTH, '/system/notices'],
  ['lin', BOTH, '/nowhere'],
  ['lin', BOTH, '/password'],
  ['liu', PHONE, '/m/register'],
  ['liu', PHONE, '/m/capture/register_hazard'],
  ['liu', PHONE, '/m/capture/fix_on_the_spot'],
  ['liu', PHONE, '/m/scan'],
  ['liu', PHONE, '/m/tasks'],
  ['liu', PHONE, '/m/cases/hazard?view=hazards', 'm-list'],
  ['chen', PHONE, '/m/cases/hazard/{case}', 'm-case'],
  ['liu', PHONE, '/m/returns/{return}', 'm-return'],
  ['liu', PHONE, '/m/me'],
  ['liu', PHONE, '/m/notices'],
  ['liu', PHONE, '/m/devices'],
  ['liu', PHONE, '/m/password'],
]
/** States that a page falls into: how its questions are answered. */
const problem = { status: 503, json: { code: '503.1', detail: '服务器正忙，请稍后重试', problems: [] } }
const STATES = {
  loading: (route) => void route,
  error: (route) => route.fulfill(problem),
  offline: (route) => route.abort(),
  empty: (route) => route.fulfill({ json: { rows: [], total: 0, next: null } }),
}
const STATED = [
  ['lin', BOTH, '/act/v/hazards', '**/api/v1/cases/hazard?**', Object.keys(STATES)],
  ['lin', BOTH, '/assess/indicators', '**/api/v1/indicators?**', ['loading', 'error', 'offline']],
  ['liu', BOTH, '/work', '**/api/v1/workbench', ['loading', 'error', 'offline']],
  ['liu', PHONE, '/m/tasks', '**/api/v1/workbench', ['loading', 'error', 'offline']],
  ['liu', PHONE, '/m/cases/hazard?view=hazards', '**/api/v1/cases/hazard?**', Object.keys(STATES)],
]
const WORDS = process.argv.slice(2)
const wanted = (path) => !WORDS.length || WORDS.some((word) => path.includes(word))
const FORBIDDEN = ['/organisation/people', '/system/state', '/report/reports']

const city = await serveCity()
const browser = await launch()
const sessions = new Map()
let failed = false
if (!WORDS.length) rmSync(shots, { recursive: true, force: true })
mkdirSync(shots, { recursive: true })

async function sessionOf(login) {
  if (!login) return {}
  if (!sessions.has(login)) {
    const page = await come(browser, city.address, login)
    sessions.set(login, { storageState: await page.context().storageState() })
    await page.context().close()
  }
  return sessions.get(login)
}

/** Words for the addresses: the first of each. */
async function found() {
  const page = await pageOf(browser, 'desk', await sessionOf('lin'))
  await page.goto(`${city.address}/work`)
  const ask = (path) => page.evaluate((path) => fetch(`/api/v1${path}`).then((answer) => answer.json()), path)
  const { rounds } = await ask('/rounds')
  const { units } = await ask('/units')
  const school = units.find(({ code }) => code === 'QS-T101').id
  const { rows } = await ask(`/cases/hazard?state=closed&unit=${school}`)
  const { tiles } = await ask('/indicators')
  const { built } = await ask('/reports')
  const { packs } = await ask('/catalogue')
  await page.context().close()
  return {
    case: rows[0].id,
    return: `${rounds[0].key}/${rounds[0].period}/${school}`,
    unit: school,
    indicator: tiles[0].key,
    report: built[0]?.id ?? 'none',
    pack: packs[0].key,
  }
}

async function shoot(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: name.startsWith('phone') })
  const faults = [...(await faultsOfAccess(page)), ...page.faults]
  console.log([name, ...faults].join('\n  '))
  failed ||= faults.length > 0
  await page.context().close()
}

const nameOf = (width, path, given) => [width, given ?? path.slice(1).replace(/[/?=&]/g, '-')].join('-')

try {
  const words = await found()
  for (const [login, widths, path, given] of PAGES.filter(([, , path]) => wanted(path))) {
    for (const width of widths) {
      const page = await pageOf(browser, width, await sessionOf(login))
      await page.goto(city.address + path.replace(/\{(\w+)\}/g, (_, word) => words[word]))
      await settled(page)
      await shoot(page, nameOf(width, path, given && path.startsWith('/work') ? `work-${given}` : given))
    }
  }
  for (const [login, widths, path, question, states] of STATED.filter(([, , path]) => wanted(path))) {
    for (const width of widths) {
      for (const state of states) {
        const page = await pageOf(browser, width, await sessionOf(login))
        await page.route(question, STATES[state])
        await page.goto(city.address + path)
        await page.waitForTimeout(1500)
        await shoot(page, `${nameOf(width, path)}-${state}`)
      }
    }
  }
  for (const path of FORBIDDEN.filter(wanted)) {
    const page = await pageOf(browser, 'desk', await sessionOf('sun'))
    await page.goto(city.address + path)
    await settled(page)
    await shoot(page, `${nameOf('desk', path)}-forbidden`)
  }
} finally {
  await browser.close()
  await city.stop()
}
process.exit(failed ? 1 : 0)
