/** The month's report is built, printed as it will be, and verified; one with a changed figure is found out. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { WIDTHS, faultsOfAccess } from './lib/browser.js'
import { come, enter } from './lib/people.js'
import { stage } from './lib/stage.js'
import { python } from './lib/python.js'

const folder = mkdtempSync(join(tmpdir(), 'yanpan-report-'))
const set = stage()

after(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function verify(page, file) {
  await enter(page, '核验报告')
  await page.getByLabel('选择 Word 报告').setInputFiles(file)
  return page.locator('section[aria-live] h2')
}

async function journey(width) {
  const [report, forged] = ['report', 'forged'].map((name) => join(folder, `${name}-${width}.docx`))
  const page = await come(set.browser, set.city.address, 'zhou', width, { desk: true })
  await enter(page, '报告')
  await page.getByRole('button', { name: '生成报告' }).click()
  await page.getByRole('link', { name: '预览' }).click({ timeout: 300_000 })
  const printed = page.frameLocator('iframe')
  await printed.getByText('城关').first().waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 Word' }).click(),
  ])
  await download.saveAs(report)
  await page.getByText('通报文字', { exact: true }).click()
  assert.match(await page.locator('details .text').innerText(), /隐患/)

  await (await verify(page, report)).getByText(/一致/).waitFor({ timeout: 180_000 })
  assert.deepEqual(await faultsOfAccess(page), [])
  const [was, instead] = python('forge.py', report, forged).split(' ')
  await (await verify(page, forged)).getByText('这份报告不能直接使用').waitFor({ timeout: 180_000 })
  await page.getByRole('heading', { name: '1 个数字被改过' }).waitFor()
  const line = await page.locator('.finding.grave tbody tr').first().innerText()
  assert.ok(line.includes(instead) && line.includes(was), line)
  assert.deepEqual(await faultsOfAccess(page), [])
  assert.deepEqual(page.faults, [])
  await page.context().close()
}

for (const width of Object.keys(WIDTHS)) {
  test(`at the ${width}, the report of a town is built, shown, downloaded and verified; a forged figure is named`, () =>
    journey(width))
}
