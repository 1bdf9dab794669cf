/** Every number leads to its rows, and the rows are as many as it said. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess } from './lib/browser.js'
import { come, totalOf } from './lib/people.js'
import { stage } from './lib/stage.js'

const set = stage()

const numberIn = (text) => Number(text.replace(/[^\d]/g, ''))

test('a tile leads to its rows, and an indicator down the tree to those of one school', async () => {
  const page = await come(set.browser, set.city.address, 'lin')
  await page.goto(`${set.city.address}/assess/indicators`)
  const tile = page
    .locator('li')
    .filter({ has: page.locator('a.value') })
    .first()
  const said = numberIn(await tile.locator('a.value').innerText())
  await tile.locator('a.value').click()
  assert.equal(await totalOf(page), said)
  await page.goBack()

  await tile.locator('a.name').click()
  const row = () =>
    page
      .locator('tbody tr')
      .filter({ has: page.locator('td.figure a') })
      .first()
  for (const unit of ['城关教管中心', '城关中心小学']) {
    await page.locator('tbody').getByRole('link', { name: unit, exact: true }).waitFor()
    const line = page.locator('tbody tr').filter({ has: page.getByRole('link', { name: unit, exact: true }) })
    assert.ok(await line.count(), unit)
    if (unit === '城关教管中心') await line.getByRole('link', { name: unit, exact: true }).click()
  }
  assert.deepEqual(await faultsOfAccess(page), [])
  const count = numberIn(await row().locator('td.figure a').innerText())
  await row().locator('td.figure a').click()
  assert.equal(await totalOf(page), count)
  assert.deepEqual(page.faults, [])
})
