/** A hazard from the teacher who sees it to the report that counts it, by four people; nobody accepts their own work. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { faultsOfAccess, launch } from './lib/browser.js'
import { serveCity } from './lib/city.js'
import { come } from './lib/people.js'
import { PICTURE } from './lib/picture.js'

let browser
let city

before(async () => {
  city = await serveCity()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await city?.stop()
})

async function open(login, number, width = 'desk') {
  const page = await come(browser, city.address, login, width, { desk: true })
  await page.goto(`${city.address}/act/v/hazards`)
  const search = page.getByRole('searchbox')
  await search.fill(number)
  await search.press('Enter')
  await page.getByRole('link', { name: number }).click()
  await page.getByRole('heading', { level: 1, name: '午休室门锁打不开' }).waitFor()
  return page
}

async function act(page, title, fill = async () => undefined) {
  await page.getByRole('button', { name: title, exact: true }).click()
  const form = page.getByRole('dialog', { name: title })
  await fill(form)
  await form.getByRole('button', { name: title, exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await page.getByText(`已办理「${title}」`).waitFor()
}

test('a teacher reports, the safety officer has it mended, the head accepts, and the officer submits no acceptance of his own', async () => {
  const sun = await come(browser, city.address, 'sun', 'phone')
  await sun.getByRole('link', { name: '登记隐患' }).click()
  await sun.locator('input[capture]').first().setInputFiles(PICTURE)
  await sun.getByLabel('部位').fill('午休室')
  await sun.getByLabel('隐患描述').fill('午休室门锁打不开')
  await sun.getByLabel('类别').selectOption('设施设备使用安全')
  await sun.getByRole('button', { name: '登记隐患' }).click()
  const said = await sun.getByText(/^已登记 \S+$/).innerText()
  const number = said.replace('已登记 ', '')
  assert.deepEqual(await faultsOfAccess(sun), [])
  assert.deepEqual(sun.faults, [])
  await sun.context().close()

  const liu = await open('liu', number)
  assert.deepEqual(await faultsOfAccess(liu), [])
  await act(liu, '核实定级', (form) => form.getByLabel('是否属于下列重大情形').selectOption('以上都不是'))
  await act(liu, '下达整改', async (form) => {
    await form.getByLabel('整改责任人').fill('刘强')
    await form.getByLabel('整改时限').fill(await later(liu, 7))
  })
  await act(liu, '申请销号', (form) => form.getByLabel('整改情况').fill('已更换门锁，试开十次正常'))
  await liu.getByText('待验收', { exact: true }).first().waitFor()
  assert.equal(await liu.getByRole('button', { name: '验收销号' }).count(), 0, 'nobody accepts their own work')
  await liu.getByText(/下一步：.*验收销号/).waitFor()
  const refused = await liu.evaluate(acceptAnyway)
  assert.equal(refused, 403)
  assert.deepEqual(liu.faults, [])
  await liu.context().close()

  const chen = await open('chen', number, 'phone')
  await act(chen, '验收销号', (form) => form.getByLabel('验收意见').fill('已换锁，当面试过'))
  await chen.getByText('已销号', { exact: true }).first().waitFor()
  for (const step of ['登记隐患', '核实定级', '下达整改', '申请销号', '验收销号'])
    await chen.locator('.main').getByText(step).first().waitFor()
  assert.deepEqual(await faultsOfAccess(chen), [])
  assert.deepEqual(chen.faults, [])
  await chen.context().close()
})

async function later(page, days) {
  const { today } = await page.evaluate(() => fetch('/api/v1/session').then((answer) => answer.json()))
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Sends the act that the page does not offer; the status of the answer. */
async function acceptAnyway() {
  const [kind, id] = window.location.pathname.split('/').slice(-2)
  const asked = async (path) => (await fetch(`/api/v1${path}`)).json()
  const { csrf } = await asked('/session')
  const { case: found } = await asked(`/cases/${kind}/${id}`)
  const answer = await fetch(`/api/v1/cases/${kind}/${id}/acts/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify({ revision: found.revision, answers: {} }),
  })
  return answer.status
}
