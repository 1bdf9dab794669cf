/** A ledger as a school keeps it goes in: heads understood, wrong cells put right in the grid, and all of it taken back again. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { WIDTHS, faultsOfAccess, launch } from './lib/browser.js'
import { serveCity } from './lib/city.js'
import { come, totalOf } from './lib/people.js'
import { python } from './lib/python.js'

const folder = mkdtempSync(join(tmpdir(), 'yanpan-ledger-'))
const ledger = join(folder, 'ledger.xlsx')
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const YEAR = new Date().getFullYear() - 1
let browser

before(async () => {
  python('messy.py', ledger, String(YEAR))
  browser = await launch()
})
after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const shown = async (page, what) => {
  await page.goto(`${new URL(page.url()).origin}/act/v/hazards?q=${encodeURIComponent(what)}`)
  return totalOf(page)
}

async function journey(city, width) {
  const page = await come(browser, city.address, 'liu', width, { desk: true })
  assert.equal(await shown(page, '通风橱'), 0)
  await page.goto(`${city.address}/collect/imports`)
  await page
    .getByLabel('选择要导入的文件')
    .setInputFiles({ name: '隐患台账.xlsx', mimeType: XLSX, buffer: readFileSync(ledger) })
  await page
    .getByRole('navigation', { name: '行的分类' })
    .or(page.getByRole('button', { name: '对，去核对' }))
    .waitFor()
  const go = page.getByRole('button', { name: '对，去核对' })
  if (await go.count()) await go.click()
  await page.getByRole('link', { name: /^退回/ }).click()
  assert.deepEqual(await faultsOfAccess(page), [])

  const fix = page.getByRole('dialog')
  await page.getByRole('button', { name: new RegExp(`${YEAR}-13-40`) }).click()
  await fix.getByLabel('改成').fill(`${YEAR}-03-11`)
  await fix.getByRole('button', { name: '只改这一格' }).click()
  await fix.waitFor({ state: 'detached' })
  await page
    .getByRole('button', { name: /教学仪器柜/ })
    .first()
    .click()
  await fix.getByLabel('改成').selectOption('设施设备使用安全')
  assert.deepEqual(await faultsOfAccess(page), [])
  await fix.getByRole('button', { name: /的都改$/ }).click()
  await fix.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '导入 6 行' }).click()
  await page.getByRole('heading', { name: '已导入' }).waitFor()
  await page.getByText('新增 6，更新 0，未变 0').waitFor()
  assert.deepEqual(page.faults, [])

  assert.equal(await shown(page, '通风橱'), 1)
  await page.goBack()
  await page.getByRole('button', { name: '撤销这一批' }).click()
  await page.getByRole('button', { name: '撤销 6 件' }).click()
  await page.getByText('已撤销 6 件').waitFor()
  await page.getByRole('heading', { name: '这一批已经撤销' }).waitFor()
  await shown(page, '通风橱')
  await page.getByRole('table').getByText('已撤销', { exact: true }).waitFor()
  assert.deepEqual(page.faults, [])
  await page.context().close()
}

for (const width of Object.keys(WIDTHS)) {
  test(`at the ${width}, a messy ledger is put right in the grid, imported, and undone`, async () => {
    // Each in a city of its own: what was imported and undone is known the second time.
    const city = await serveCity()
    try {
      await journey(city, width)
    } finally {
      await city.stop()
    }
  })
}
