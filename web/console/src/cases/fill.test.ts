import { flushPromises, mount } from '@vue/test-utils'
import { loadCatalogue } from '@shared/catalogue/catalogue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import FillDialog from './FillDialog.vue'
import { placeholderRow, placeholdersOf } from './placeholders'
import * as save from '../save'

const FIELDS = [
  { key: 'on', title: '日期', kind: 'date' },
  { key: 'photos', title: '照片', kind: 'files', max: 9 },
  { key: 'unit', title: '哪个单位', kind: 'unit' },
]
const CATALOGUE = {
  version: '1',
  packs: [],
  cases: { thing: { key: 'thing', form: 'thing', states: [], transitions: [], ledger: 'book' } },
  forms: { thing: { key: 'thing', title: '事', fields: FIELDS } },
  ledgers: { book: { key: 'book', case: 'thing', columns: [{ key: 'on', title: '排查时间', required: true }] } },
  views: [],
}
let answer: Response
let asked: [string, RequestInit][]

beforeEach(async () => {
  asked = []
  const fetched = (path: string, request: RequestInit) => {
    asked.push([path, request])
    return Promise.resolve(path.endsWith('/catalogue') ? new Response(JSON.stringify(CATALOGUE)) : answer)
  }
  vi.stubGlobal('fetch', vi.fn(fetched))
  await loadCatalogue()
})

async function choose(name: string) {
  const dialog = mount(FillDialog, {
    props: { kind: 'thing', query: { state: 'open', unit: 'u1' } },
    global: { stubs: { ElDialog: { template: '<div><slot /></div>' } } },
  })
  const input = dialog.find('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], name)] })
  await input.trigger('change')
  await flushPromises()
  return dialog
}

describe('placeholders of a workbook', () => {
  it('are called as the ledger heads them, without pictures, each key once', () => {
    const titles = placeholdersOf('thing').map(({ title }) => title)
    expect(titles).toEqual(['编号', '单位', '排查时间', '状态', '登记时间', '时限', '办结时间', '超期天数'])
  })

  it('go over the clipboard a cell each', () => {
    expect(placeholderRow([{ key: 'number', title: '编号' }])).toBe('{{序号}}\t{{编号}}')
  })
})

describe('a workbook of one’s own', () => {
  it('is sent with the conditions of the list, and comes back under the name of the server', async () => {
    const saved = vi.spyOn(save, 'saveBlob').mockImplementation(() => undefined)
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('台账.xlsx')}` }
    answer = new Response('filled', { headers })
    const dialog = await choose('我的表.XLSX')
    const [path, request] = asked.at(-1)!
    expect(path).toMatch(/^\/api\/v1\/cases\/thing\/fill\?state=open&unit=u1&columns=number%2Cunit%2Con%2C/)
    expect((request.body as FormData).get('template')).toBeInstanceOf(File)
    expect(saved).toHaveBeenCalledWith(expect.anything(), '台账.xlsx')
    expect(dialog.emitted('close')).toHaveLength(1)
  })

  it('that the server refuses says where', async () => {
    const problem = { code: '422.1', slug: '', message: '不是日期', sheet: '表一', row: 3, column: '排查时间' }
    answer = new Response(JSON.stringify({ code: '422.1', detail: '', problems: [problem] }), { status: 422 })
    const dialog = await choose('我的表.xlsx')
    expect(dialog.find('[role=alert]').text()).toBe('工作表「表一」第 3 行「排查时间」：不是日期')
    expect(dialog.emitted('close')).toBeUndefined()
  })

  it('of another kind is not sent', async () => {
    const before = asked.length
    const dialog = await choose('我的表.xls')
    expect(dialog.find('[role=alert]').text()).toContain('不是 .xlsx')
    expect(asked).toHaveLength(before)
  })
})
