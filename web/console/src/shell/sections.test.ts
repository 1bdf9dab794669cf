import { loadCatalogue } from '@shared/catalogue/catalogue'
import { restore } from '@shared/session/session'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { toCases, toTarget } from '../links'
import { makeRouter } from '../router'
import { placeOf, sections } from './sections'
import { createMemoryHistory } from 'vue-router'

const LIST = { key: 'things', pack: 'p', title: '事台账', menu: 'act', phone: true, kind: 'list', case: 'thing' }
const VIEWS = [
  { ...LIST, columns: ['number'], filters: [], sort: '', tabs: [] },
  {
    key: 'open',
    pack: 'p',
    title: '登记事',
    menu: 'collect',
    phone: true,
    kind: 'capture',
    case: 'thing',
    verb: 'open',
  },
  { key: 'monthly', pack: 'p', title: '月报', menu: 'collect', phone: false, kind: 'returns', round: 'monthly' },
  { key: 'map', pack: 'p', title: '地图', menu: 'assess', phone: false, kind: 'map' },
]
const CASES = {
  thing: {
    key: 'thing',
    title: '事',
    form: 'thing',
    summary: null,
    slots: [],
    states: [],
    transitions: [],
    ledger: null,
  },
  other: {
    key: 'other',
    title: '别的',
    form: 'o',
    summary: null,
    slots: [],
    states: [],
    transitions: [],
    ledger: null,
  },
}
let role = 'head'
let version = 0

beforeEach(() => {
  role = 'head'
  const answers: Record<string, () => unknown> = {
    '/api/v1/catalogue': () => ({
      version: String(version++),
      packs: [],
      cases: CASES,
      forms: {},
      rounds: {},
      ledgers: {},
      views: VIEWS,
    }),
    '/api/v1/session': () => ({
      csrf: 'c',
      must_change: false,
      grants: [{ id: 'g', role, role_title: '', unit: 'u' }],
    }),
  }
  vi.stubGlobal(
    'fetch',
    vi.fn(async (path: string) => new Response(JSON.stringify(answers[path]?.() ?? {}))),
  )
})

/** A fresh module is needed, as a session is restored once. */
async function fresh(): Promise<string[]> {
  vi.resetModules()
  const session = await import('@shared/session/session')
  const catalogue = await import('@shared/catalogue/catalogue')
  const menu = await import('./sections')
  await Promise.all([session.restore(), catalogue.loadCatalogue()])
  return menu.sections().flatMap(({ title, entries }) => entries.map((entry) => `${title}/${entry.title}`))
}

describe('the menu', () => {
  it('puts the views of packs into their sections, before the fixed pages', async () => {
    const entries = await fresh()
    expect(entries.filter((entry) => entry.startsWith('采集'))).toEqual(['采集/登记事', '采集/月报', '采集/导入台账'])
    expect(entries).toContain('处置/事台账')
  })

  it('leaves out a view that there is no page for', async () => {
    expect((await fresh()).filter((entry) => entry.startsWith('研判'))).toEqual(['研判/指标'])
  })

  it('offers those who only look nothing to register', async () => {
    role = 'observer'
    expect(await fresh()).not.toContain('采集/登记事')
  })
})

describe('a number', () => {
  beforeEach(async () => {
    await Promise.all([restore(), loadCatalogue()])
  })

  it('leads to the list of its kind with its conditions, also where no pack has made one', () => {
    const query = { state: 'a' }
    expect(toCases('thing', query)).toEqual({ name: 'view', params: { menu: 'act', view: 'things' }, query })
    expect(toCases('other', query)).toEqual({ name: 'cases', params: { kind: 'other' }, query })
  })

  it('of a round leads to its grid, of one unit to its return', () => {
    expect(toTarget({ round: 'monthly', period: 'P', standing: 'missing' })).toMatchObject({
      params: { view: 'monthly' },
      query: { period: 'P', standing: 'missing' },
    })
    expect(toTarget({ round: 'monthly', period: 'P', unit: 'u' })).toMatchObject({
      name: 'return',
      params: { round: 'monthly', period: 'P', unit: 'u' },
    })
  })

  it('is said by its section and its title in the path', () => {
    const router = makeRouter(createMemoryHistory())
    expect(placeOf(router.resolve('/act/v/things') as never)).toEqual(['处置', '事台账'])
    expect(sections().length).toBeGreaterThan(0)
  })
})
