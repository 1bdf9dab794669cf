/** The frame of the pages in a real browser, on both sides: sign-in, menu, unit, keys, access. `YANPAN` names the program. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess, pageOf } from './lib/browser.js'
import { stage } from './lib/stage.js'

const set = stage()

async function signedIn(width, path) {
  const page = await pageOf(set.browser, width)
  await page.goto(set.city.address + path)
  await page.getByRole('heading', { name: '演示' }).waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])
  await page.locator('section button').first().click()
  return page
}

test('a demo person signs in on the desk and finds a unit by its initials', async () => {
  const page = await signedIn('desk', '/')
  await page.getByRole('heading', { level: 1, name: '今天是' }).waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])
  await page.getByRole('combobox', { name: '切换单位' }).fill('cgzxxx')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '所在位置' }).getByText('城关中心小学').waitFor()
  assert.deepEqual(page.faults, [])
})

test('a demo person signs in on the phone and sees the tasks', async () => {
  const page = await signedIn('phone', '/m/')
  await page.getByRole('link', { name: '待办' }).click()
  await page.getByRole('heading', { level: 1, name: '待办' }).waitFor()
  assert.deepEqual(await faultsOfAccess(page), [])
  assert.deepEqual(page.faults, [])
})

test('a page without a session leads to the sign-in and back to itself', async () => {
  const page = await pageOf(set.browser, 'desk')
  await page.goto(`${set.city.address}/organisation/units`)
  await page.waitForURL(/\/sign-in\?from=/)
  await page.locator('section button').first().click()
  await page.waitForURL(/\/organisation\/units$/)
})
