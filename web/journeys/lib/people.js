/** People of the demo at their desk or phone. */
import { pageOf } from './browser.js'

const PASSWORD = 'Yanpan-2026'

/** Someone signed in, as one signs in: by name and password. The page is on its first page. */
export async function come(browser, address, login, width = 'desk', options = {}) {
  const page = await pageOf(browser, width, options)
  await page.goto(address + (width === 'phone' && !options.desk ? '/m/' : '/'))
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  return page
}

/** Follows a link of the menu, which a narrow page keeps behind its button. */
export async function enter(page, title) {
  const fold = page.getByRole('button', { name: '菜单', exact: true })
  if (await fold.isVisible()) await fold.click()
  const menu = page.getByRole('navigation', { name: '主菜单' })
  await menu.getByRole('link', { name: title, exact: true }).click()
}

/** The list or grid of a table as the page shows it, once it shows what was asked for. */
export async function rowsOf(page) {
  await page.locator('.frame[aria-busy=false]').waitFor()
  return page.locator('.frame tbody tr')
}

/** «共 1,234 条» as a number. */
export async function totalOf(page) {
  await page.locator('.frame[aria-busy=false]').waitFor()
  const text = await page.getByText(/^共 [\d,]+ 条$/).innerText()
  return Number(text.replace(/\D/g, ''))
}
