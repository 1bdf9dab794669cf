/** The rows of a list go into a workbook of one's own, under its own heads; one without placeholders is refused in words. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { faultsOfAccess } from './lib/browser.js'
import { come, totalOf } from './lib/people.js'
import { stage } from './lib/stage.js'
import { python } from './lib/python.js'

const folder = mkdtempSync(join(tmpdir(), 'yanpan-filling-'))
const [template, plain, filled] = ['template', 'plain', 'filled'].map((name) => join(folder, `${name}.xlsx`))
const set = stage()

before(() => {
  python('own.py', 'make', template, '{{序号}}', '{{编号}}', '{{隐患描述}}', '{{状态}}')
  python('own.py', 'make', plain, '序号', '编号')
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a workbook with placeholders comes back with a row for each case of the list', async () => {
  const page = await come(set.browser, set.city.address, 'liu')
  await page.goto(`${set.city.address}/act/v/hazards?stage=closed`)
  const total = await totalOf(page)
  assert.ok(total > 0)
  await page.getByRole('button', { name: '导出与分享' }).click()
  await page.getByRole('menuitem', { name: /^用自己的表格导出/ }).click()
  const dialog = page.getByRole('dialog', { name: '用自己的表格导出' })
  await dialog.getByText('隐患描述', { exact: true }).waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])

  await dialog.getByLabel('选择自己的表格').setInputFiles(plain)
  await dialog.getByRole('alert').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByLabel('选择自己的表格').setInputFiles(template),
  ])
  await download.saveAs(filled)
  await dialog.waitFor({ state: 'detached' })
  const rows = JSON.parse(python('own.py', 'read', filled))
  assert.equal(rows.length, total)
  assert.equal(String(rows[0][0]), '1')
  for (const [, number, words, state] of rows) assert.ok(number && words && state)
  assert.deepEqual(page.faults, [])
})
