/** The phone without a network, in a real browser against a double of the program: nothing is lost, each thing arrives once. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { faultsOfAccess, launch, pageOf } from './lib/browser.js'
import { refusal, startDouble } from './lib/double.js'
import { PICTURE } from './lib/picture.js'

let browser
let double
let refuse

before(async () => (browser = await launch()))
after(() => browser?.close())
beforeEach(async (context) => {
  refuse = () => undefined
  double = await startDouble({ refuse: (...asked) => refuse(...asked) })
  context.after?.(() => double.stop())
})

async function signedIn() {
  const page = await pageOf(browser, 'phone')
  await page.goto(`${double.address}/m/`)
  await page.locator('section button').first().click()
  await page.getByRole('link', { name: '立行立改' }).waitFor()
  return page
}

async function mend(page, words) {
  await page.getByRole('link', { name: '立行立改', exact: true }).click()
  for (const at of [0, 1]) await page.locator('input[capture]').nth(at).setInputFiles(PICTURE)
  await page.getByRole('img', { name: '整改后照片第 1 张' }).waitFor()
  await page.getByLabel('部位').fill('食堂')
  await page.getByLabel('情况描述').fill(words)
  await page.getByRole('button', { name: '立行立改' }).click()
  await page.getByRole('heading', { level: 1, name: '登记' }).waitFor()
}

test('a thing is mended on the spot and registered with its pictures', async () => {
  const page = await signedIn()
  await mend(page, '插座松动')
  await page.getByText('已登记 QS-2026-0041').waitFor()
  const [sent] = double.seen.opened
  assert.equal(double.seen.device, 'phone')
  assert.equal(sent.unit, 'u3')
  assert.deepEqual(sent.answers.before, [{ hash: 'sha1', name: 'a.jpg' }])
  assert.ok(sent.key && sent.device_at)
  assert.deepEqual(await faultsOfAccess(page), [])
  assert.deepEqual(page.faults, [])
  await page.context().close()
})

test('without a network the page opens, keeps things over a reload, and sends them once and in order', async () => {
  const page = await signedIn()
  await page.evaluate(() => window.navigator.serviceWorker.ready)
  await page.context().setOffline(true)
  await page.reload()
  await mend(page, '第一件')
  await mend(page, '第二件')
  assert.equal(await page.getByText('待发送', { exact: true }).count(), 2)
  await page.reload()
  await page.getByText('第二件').waitFor()
  assert.equal(await page.getByText('待发送', { exact: true }).count(), 2)
  assert.deepEqual(await faultsOfAccess(page), [])
  assert.equal(double.seen.opened.length, 0)
  await page.context().setOffline(false)
  await page.getByText('已登记 QS-2026-0042').waitFor()
  assert.deepEqual(
    double.seen.opened.map(({ answers }) => answers.words),
    ['第一件', '第二件'],
  )
  await page.reload()
  await page.getByText('已登记 QS-2026-0042').waitFor()
  assert.equal(double.seen.opened.length, 2)
  await page.context().close()
})

test('a refusal says why, keeps what was filled in, and is sent again under the same key', async () => {
  const page = await signedIn()
  const keys = []
  const problems = [{ code: '422.6', slug: '', message: '请写清是哪个食堂', field: 'spot' }]
  refuse = (asked, { key } = {}) => {
    if (asked !== 'POST /api/v1/cases/matter') return undefined
    return keys.push(key) === 1 ? refusal(422, '422.6', '请写清是哪个食堂', problems) : undefined
  }
  await mend(page, '插座松动')
  await page.getByText('被退回', { exact: true }).waitFor()
  await page.getByRole('button', { name: '修改后重发' }).click()
  await page.locator('[data-field=spot] .fault').waitFor()
  assert.equal(await page.getByLabel('情况描述').inputValue(), '插座松动')
  await page.getByRole('img', { name: '整改前照片第 1 张' }).waitFor()
  await page.getByLabel('部位').fill('第二食堂')
  await page.getByRole('button', { name: '立行立改' }).click()
  await page.getByText('已登记 QS-2026-0041').waitFor()
  assert.equal(keys.length, 2)
  assert.equal(keys[0], keys[1])
  await page.context().close()
})

test('what is being filled in outlives the page', async () => {
  const page = await signedIn()
  await page.getByRole('link', { name: '登记隐患' }).click()
  await page.getByLabel('情况描述').fill('走廊应急灯不亮')
  await page.locator('input[capture]').setInputFiles(PICTURE)
  await page.getByRole('img', { name: '整改前照片第 1 张' }).waitFor()
  await page.waitForTimeout(600)
  await page.reload()
  await page.getByRole('img', { name: '整改前照片第 1 张' }).waitFor()
  assert.equal(await page.getByLabel('情况描述').inputValue(), '走廊应急灯不亮')
  await page.context().close()
})

test('signing out says how many things have not arrived', async () => {
  const page = await signedIn()
  refuse = (asked) => (asked === 'POST /api/v1/cases/matter' ? refusal(503, '503.1', '服务器正忙') : undefined)
  await mend(page, '插座松动')
  await page.getByRole('link', { name: '我的' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByText('还有 1 件没有送到').waitFor()
  assert.equal(double.seen.signedIn, true)
  await page.getByRole('button', { name: '留着这 1 件，退出登录' }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await page.context().close()
})

test('an act that asks for the password again is done once it is given, and the phone stays one device', async () => {
  const page = await signedIn()
  let fresh = false
  refuse = (asked) => {
    if (asked === 'POST /api/v1/session') fresh = true
    return asked.endsWith('/acts/accept') && !fresh ? refusal(401, '401.5', '这项操作请再次输入密码') : undefined
  }
  await page.goto(`${double.address}/m/cases/matter/a`)
  await page.getByRole('link', { name: '验收销号' }).click()
  await page.getByLabel('验收意见').fill('已整改到位')
  await page.getByRole('button', { name: '验收销号' }).click()
  const sheet = page.getByRole('dialog', { name: '再次输入密码' })
  await sheet.getByLabel('密码').fill('不对')
  await sheet.getByRole('button', { name: '确认本人' }).click()
  await sheet.getByText('账号或密码不对').waitFor()
  await sheet.getByLabel('密码').fill('Yanpan-2026')
  await sheet.getByRole('button', { name: '确认本人' }).click()
  await page.waitForURL(/\/m\/cases\/matter\/a$/)
  assert.deepEqual(double.seen.dropped, ['d1'])
  assert.equal(double.seen.acts.length, 1)
  assert.equal(double.seen.acts[0].revision, 3)
  await page.context().close()
})

test('a zero report is signed in two touches', async () => {
  const page = await signedIn()
  await page.getByRole('link', { name: '待办' }).click()
  await page.getByRole('link', { name: '填报' }).click()
  await page.getByRole('button', { name: '签字，报零报告' }).click()
  await page.waitForURL(/\/m\/tasks$/)
  assert.equal(double.seen.returns[0].zero, true)
  await page.context().close()
})

test('the code of a place fills in the unit and the place', async () => {
  const page = await signedIn()
  await page.goto(`${double.address}/m/r?unit=QS-T101&spot=${encodeURIComponent('食堂后厨')}`)
  await page.getByText('城关中心小学 · 食堂后厨').waitFor()
  await page.getByRole('link', { name: '登记隐患' }).click()
  assert.equal(await page.getByLabel('部位').inputValue(), '食堂后厨')
  await page.context().close()
})
