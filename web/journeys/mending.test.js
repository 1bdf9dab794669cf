/** A head mends something on the spot and registers it on the phone, with a network and without; a second person confirms it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess } from './lib/browser.js'
import { come } from './lib/people.js'
import { stage } from './lib/stage.js'
import { PICTURE } from './lib/picture.js'

/** Touches between opening the phone pages and the thing being registered, typing left out: half a minute's worth. */
const MOST_TOUCHES = 6
const set = stage()

/** Registers it, and says how many touches that took. */
async function mend(page, words) {
  let touches = 0
  const touch = async (what) => {
    touches += 1
    await what
  }
  await touch(page.getByRole('link', { name: '立行立改', exact: true }).click())
  for (const at of [0, 1]) await touch(page.locator('input[capture]').nth(at).setInputFiles(PICTURE))
  await page.getByRole('img', { name: '整改后照片第 1 张' }).waitFor()
  await touch(page.getByLabel('部位').fill('食堂'))
  await touch(page.getByLabel('隐患描述').fill(words))
  await touch(page.getByRole('button', { name: '立行立改' }).click())
  await page.getByText(words).waitFor()
  return touches
}

const item = (page, words) => page.locator('li.item').filter({ hasText: words })

async function confirm(login, id) {
  const page = await come(set.browser, set.city.address, login, 'phone')
  await page.goto(`${set.city.address}/m/cases/hazard/${id}`)
  await page.getByText('立行立改待确认', { exact: true }).first().waitFor()
  return page
}

test('a thing is registered in a few touches, with a network and without, and another person confirms it', async () => {
  const chen = await come(set.browser, set.city.address, 'chen', 'phone')
  await chen.evaluate(() => window.navigator.serviceWorker.ready)
  const touches = await mend(chen, '插座面板松动')
  assert.ok(touches <= MOST_TOUCHES, `${touches} touches`)
  await item(chen, '插座面板松动')
    .getByText(/^已登记 /)
    .waitFor()

  await chen.context().setOffline(true)
  await chen.reload()
  await mend(chen, '消防通道堆了课桌')
  await item(chen, '消防通道堆了课桌').getByText('待发送', { exact: true }).waitFor()
  assert.deepEqual(await faultsOfAccess(chen), [])
  await chen.context().setOffline(false)
  await item(chen, '消防通道堆了课桌')
    .getByText(/^已登记 /)
    .waitFor()
  await item(chen, '消防通道堆了课桌').getByRole('button', { name: '查看' }).click()
  await chen.getByText('立行立改待确认', { exact: true }).first().waitFor()
  assert.equal(await chen.getByRole('link', { name: '确认已改' }).count(), 0, 'nobody confirms their own work')
  assert.deepEqual(chen.faults, [])
  const id = new URL(chen.url()).pathname.split('/').at(-1)

  const liu = await confirm('liu', id)
  await liu.getByRole('link', { name: '确认已改' }).click()
  await liu.getByRole('button', { name: '确认已改' }).click()
  await liu.getByText('已销号', { exact: true }).first().waitFor()
  assert.deepEqual(await faultsOfAccess(liu), [])
  assert.deepEqual(liu.faults, [])
})
