/** Pages that somebody may not see say so, by whatever way one comes to them; nothing of them is shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess, pageOf } from './lib/browser.js'
import { come } from './lib/people.js'
import { stage } from './lib/stage.js'

const set = stage()

const OFFICERS = ['/organisation/people', '/system/state', '/system/trail', '/report/reports']

for (const path of OFFICERS) {
  test(`a teacher who types the address ${path} is told that it is not for her`, async () => {
    const page = await come(set.browser, set.city.address, 'sun')
    await page.goto(set.city.address + path)
    await page.getByRole('heading', { name: '您没有查看这一页的权限' }).waitFor()
    assert.deepEqual(await faultsOfAccess(page), [])
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}

for (const [width, path] of [
  ['desk', '/act/cases/hazard/'],
  ['phone', '/m/cases/hazard/'],
]) {
  test(`an officer of another county is not shown a case by its address, at the ${width}`, async () => {
    const chen = await come(set.browser, set.city.address, 'chen')
    const id = await chen.evaluate(async () => (await (await fetch('/api/v1/cases/hazard')).json()).rows[0].id)
    await chen.context().close()
    const qian = await come(set.browser, set.city.address, 'qian', width)
    await qian.goto(set.city.address + path + id)
    await qian.getByRole('alert').waitFor()
    assert.equal(await qian.getByText('QS-T101').count(), 0)
    assert.deepEqual(await faultsOfAccess(qian), [])
    assert.deepEqual(qian.faults, [])
    await qian.context().close()
  })
}

for (const [width, path] of [
  ['desk', '/act/v/hazards?stage=open'],
  ['phone', '/m/tasks'],
]) {
  test(`without a session the ${width} asks for one and goes on to the page`, async () => {
    const page = await pageOf(set.browser, width)
    await page.goto(set.city.address + path)
    await page.waitForURL(/\/sign-in\?from=/)
    await page.getByLabel('账号').fill('liu')
    await page.getByLabel('密码').fill('Yanpan-2026')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.waitForURL(set.city.address + path)
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}

test('a browser in another zone says moments as the installation does', async () => {
  const page = await come(set.browser, set.city.address, 'lin', 'desk', { timezoneId: 'America/New_York' })
  await page.goto(`${set.city.address}/collect/v/monthly_returns`)
  await page.getByText(/截止.* 17:00/).waitFor()
  await page.context().close()
})
