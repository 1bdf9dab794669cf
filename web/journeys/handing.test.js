/** Before a school year, those who leave hand over what they answer for: several at once, each to a successor. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess } from './lib/browser.js'
import { come } from './lib/people.js'
import { stage } from './lib/stage.js'

const set = stage()

test('two who leave hand over in one go, and their grants are seen at those who take over', async () => {
  const page = await come(set.browser, set.city.address, 'guan')
  await page.goto(`${set.city.address}/organisation/people`)
  for (const name of ['选中 刘强', '选中 孙月']) await page.getByLabel(name, { exact: true }).check()
  await page.getByRole('button', { name: '交接给别人…' }).click()
  const dialog = page.getByRole('dialog', { name: '批量交接：2 人' })
  const heir = dialog.getByLabel('刘强 交给谁')
  // 陈丽 works in the same school, so she is proposed.
  assert.match(await heir.locator('option:checked').innerText(), /^陈丽/)
  await dialog.getByText(/将交接 2 人的 2 项授权，连同未办结的事项 \d+ 件/).waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])
  await dialog.getByRole('button', { name: '确定交接 2 人' }).click()
  await dialog.getByText('已交接 2 人。').waitFor()
  await dialog.getByRole('button', { name: '完成' }).click()
  const line = page.getByRole('row').filter({ has: page.getByLabel('选中 陈丽', { exact: true }) })
  await line.getByText('安全员，城关中心小学').waitFor()
  await line.getByText('教师，城关中心小学').waitFor()
  assert.deepEqual(page.faults, [])
})
