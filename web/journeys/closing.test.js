/** A hazard from who sees it to 销号, by four people through the pages; nobody accepts their own work. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOfAccess } from './lib/browser.js'
import { come, totalOf } from './lib/people.js'
import { stage } from './lib/stage.js'
import { PICTURE } from './lib/picture.js'

const set = stage()

async function open(login, number, width = 'desk') {
  const page = await come(set.browser, set.city.address, login, width, { desk: true })
  await page.goto(`${set.city.address}/act/v/hazards`)
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

const closed = async (page) => {
  await page.goto(`${set.city.address}/act/v/hazards?stage=closed`)
  return totalOf(page)
}

/** The act as the phone pages have it: a page of its own. */
async function actOnPhone(page, title, fill) {
  await page.getByRole('link', { name: title, exact: true }).click()
  await fill(page)
  await page.getByRole('button', { name: title, exact: true }).click()
}

test('a safety officer reports, the town grades, the head rectifies and may not accept, the county accepts and counts one more', async () => {
  const liu = await come(set.browser, set.city.address, 'liu', 'phone')
  await liu.getByRole('link', { name: '登记隐患' }).click()
  await liu.locator('input[capture]').first().setInputFiles(PICTURE)
  await liu.getByLabel('部位').fill('午休室')
  await liu.getByLabel('隐患描述').fill('午休室门锁打不开')
  await liu.getByLabel('类别').selectOption('设施设备使用安全')
  await liu.getByRole('button', { name: '登记隐患' }).click()
  const said = await liu.getByText(/^已登记 \S+$/).innerText()
  const number = said.replace('已登记 ', '')
  assert.deepEqual(await faultsOfAccess(liu), [])
  assert.deepEqual(liu.faults, [])
  await liu.context().close()

  const zhou = await open('zhou', number)
  const { pathname } = new URL(zhou.url())
  await act(zhou, '核实定级', (form) => form.getByLabel('是否属于下列重大情形').selectOption('以上都不是'))
  await act(zhou, '下达整改', async (form) => {
    await form.getByLabel('整改责任人').fill('陈丽')
    await form.getByLabel('整改时限').fill(await later(zhou, 7))
  })
  assert.deepEqual(await faultsOfAccess(zhou), [])
  assert.deepEqual(zhou.faults, [])
  await zhou.context().close()

  const chen = await come(set.browser, set.city.address, 'chen', 'phone')
  await chen.goto(`${set.city.address}${pathname.replace('/act/', '/m/')}`)
  await actOnPhone(chen, '申请销号', (form) => form.getByLabel('整改情况').fill('已更换门锁，试开十次正常'))
  await chen.getByText('待验收', { exact: true }).first().waitFor()
  assert.equal(await chen.getByRole('link', { name: '验收销号' }).count(), 0, 'nobody accepts their own work')
  assert.equal(await chen.evaluate(acceptAnyway), 403)
  assert.deepEqual(await faultsOfAccess(chen), [])
  assert.deepEqual(chen.faults, [])
  await chen.context().close()

  const lin = await open('lin', number, 'phone')
  const before = await closed(lin)
  await lin.goto(set.city.address + pathname)
  await act(lin, '验收销号', (form) => form.getByLabel('验收意见').fill('已换锁，当面试过'))
  await lin.getByText('已销号', { exact: true }).first().waitFor()
  for (const step of ['登记隐患', '核实定级', '下达整改', '申请销号', '验收销号'])
    await lin.locator('.main').getByText(step).first().waitFor()
  assert.deepEqual(await faultsOfAccess(lin), [])
  assert.equal(await closed(lin), before + 1)
  assert.deepEqual(lin.faults, [])
  await lin.context().close()
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
