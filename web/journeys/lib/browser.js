/** Chromium at the two widths, and the check of a page for faults of access. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const WIDTHS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A running Chromium; `CHROMIUM` names another binary. Root needs `--no-sandbox`. */
export function launch() {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // Native controls speak the language of the browser.
  const env = { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' }
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...args, '--lang=zh-CN'],
    env,
  })
}

/** A fresh page of one width, in Chinese and in the zone of the demo. */
export async function pageOf(browser, width, options = {}) {
  const phone = width === 'phone' ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}
  const context = await browser.newContext({
    viewport: WIDTHS[width],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...phone,
    ...options,
  })
  const page = await context.newPage()
  // Slow machines walk, too.
  page.setDefaultTimeout(90_000)
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(error.message))
  page.on('console', (message) => {
    // A refused request is part of a journey; anything else on the console is not.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.faults.push(message.text())
  })
  return page
}

/** Waits until the page has its heading and nothing on it is still on its way. */
export async function settled(page) {
  await page.locator('h1').first().waitFor()
  await page.locator('.skeleton, [aria-busy=true]').first().waitFor({ state: 'detached' })
}

/** Resolves when what moves on the page has come to rest, however often it starts anew within a moment. */
const STILL = `(async () => {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.all(ends.map((one) => one.finished.catch(() => {})))
  }
})()`

/** Serious and critical findings of axe-core, one line each. */
export async function faultsOfAccess(page) {
  // Half faded in, nothing has the contrast that it will have.
  await page.evaluate(STILL)
  if (!(await page.evaluate('typeof window.axe === "object"'))) await page.evaluate(axe)
  const { violations } = await page.evaluate('window.axe.run(document, { resultTypes: ["violations"] })')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}
