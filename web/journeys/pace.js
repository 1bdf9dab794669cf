/** How soon pages answer a touch on a processor slowed four times: from the touch to the next paint, against the limit of 100 ms. `YANPAN` names the program; words narrow it to the touches that hold one of them. */
import { launch, settled } from './lib/browser.js'
import { serveCity } from './lib/city.js'
import { come } from './lib/people.js'

const LIMIT = 100
const SLOWER = 4
const TIMES = 5

/** What the browser noted of each touch: time until the next paint, of the longest event. */
const NOTE = () => {
  window.paces = []
  const take = (list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.paces.push(entry.duration)
  }
  new window.PerformanceObserver(take).observe({ type: 'event', durationThreshold: 16, buffered: true })
}

async function slowed(browser, address, login, width) {
  const page = await come(browser, address, login, width)
  await page.addInitScript(NOTE)
  await page.reload()
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return page
}

/** Touches until the next paint, and until what was asked for is there; `does` ends when it is. */
async function once(page, does) {
  await page.waitForTimeout(300)
  await page.evaluate('window.paces = []')
  const began = Date.now()
  await does(page)
  const there = Date.now() - began
  await page.waitForTimeout(400)
  const paces = await page.evaluate('window.paces')
  return { paint: Math.max(0, ...paces), there }
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

async function measure(page, [title, from, does]) {
  const runs = []
  for (let run = 0; run < TIMES; run += 1) {
    if (from) await from(page)
    runs.push(await once(page, does))
  }
  const paints = runs.map(({ paint }) => paint)
  return {
    做什么: title,
    '到下一帧（毫秒）': middle(paints),
    范围: `${Math.min(...paints)}–${Math.max(...paints)}`,
    与限值之比: (middle(paints) / LIMIT).toFixed(2),
    '到看见结果（毫秒）': middle(runs.map(({ there }) => there)),
  }
}

const go = (path) => async (page) => {
  await page.goto(new URL(path, page.url()).href)
  await settled(page)
}
const menu = (name, shown) => async (page) => {
  // The sign of the program has the name of a section.
  await page.locator('nav .item').getByText(name, { exact: true }).click()
  await page.locator(shown).first().waitFor()
}
const LIST = '/act/v/hazards?limit=100'

const DESK = [
  ['打开菜单「处置」', go('/work'), menu('处置', '.frame tbody tr')],
  ['打开菜单「研判」', go('/work'), menu('研判', 'main li .value')],
  ['打开导入向导', go('/collect/v/register_hazard'), menu('导入台账', '.drop')],
  [
    '筛选台账（100 行）',
    go(LIST),
    async (page) => {
      await page.getByRole('link', { name: /^整改中/ }).click()
      await page.locator('.frame[aria-busy=false] tbody tr').first().waitFor()
    },
  ],
  [
    '打开一件事项',
    go(LIST),
    async (page) => {
      await page.locator('.frame tbody tr').nth(3).click()
      await page.locator('.main').waitFor()
    },
  ],
  ['勾选一行（100 行）', go(LIST), (page) => page.locator('.frame tbody input[type=checkbox]').nth(2).click()],
  ['全选 100 行', go(LIST), (page) => page.getByLabel('选中本页全部').click()],
  [
    '搜索框里打字',
    go(LIST),
    async (page) => {
      await page.locator('[data-search]').click()
      await page.keyboard.type('灭火器', { delay: 120 })
    },
  ],
  [
    '按拼音找单位',
    go('/work'),
    async (page) => {
      await page.getByRole('combobox', { name: '切换单位' }).click()
      await page.keyboard.type('cgzx', { delay: 120 })
      await page.getByRole('option').first().waitFor()
    },
  ],
]
const PHONE = [
  [
    '手机：打开登记隐患',
    go('/m/register'),
    async (page) => {
      await page.getByRole('link', { name: '登记隐患' }).click()
      await page.locator('form .field').first().waitFor()
    },
  ],
  [
    '手机：表单里打字',
    go('/m/register'),
    async (page) => {
      await page.getByRole('link', { name: '登记隐患' }).click()
      await page.getByLabel('隐患描述').click()
      await page.keyboard.type('走廊灯不亮', { delay: 120 })
    },
  ],
  [
    '手机：打开待办',
    go('/m/register'),
    async (page) => {
      await page.getByRole('link', { name: '待办' }).click()
      await page.getByRole('heading', { level: 1, name: '待办' }).waitFor()
    },
  ],
]

const words = process.argv.slice(2)
const wanted = ([title]) => !words.length || words.some((word) => title.includes(word))
const city = await serveCity()
const browser = await launch()
const lines = []
try {
  for (const [touches, login, width] of [
    [DESK.filter(wanted), 'lin', 'desk'],
    [PHONE.filter(wanted), 'liu', 'phone'],
  ]) {
    if (!touches.length) continue
    const page = await slowed(browser, city.address, login, width)
    for (const one of touches) {
      lines.push(await measure(page, one))
      // Said at once: on a busy machine the table may be long in coming.
      console.log(Object.values(lines.at(-1)).join('  '))
    }
  }
} finally {
  await browser.close()
  await city.stop()
}
console.log(`处理器放慢 ${SLOWER} 倍，各 ${TIMES} 次取中位数，限值 ${LIMIT} 毫秒`)
console.table(lines)
