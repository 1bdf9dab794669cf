import { Failure } from '@shared/api/failure'
import type { Answers, Field } from '@shared/form/form'
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import ActDialog from './ActDialog.vue'
import { beginWith } from './begin'

const FIELDS: Field[] = [
  { key: 'reason', title: '原因', kind: 'text', max: 300 },
  { key: 'by', title: '时限', kind: 'date' },
]
const ASKS = [{ field: 'reason', need: true }, { field: 'by' }]

function open(send: (answers: Answers) => Promise<void>) {
  return mount(ActDialog, {
    props: { title: '退回', fields: FIELDS, asks: ASKS, begin: { by: '2026-10-06' }, send },
    global: { stubs: { ElDialog: { template: '<div><slot /></div>' } } },
  })
}

async function fill(dialog: ReturnType<typeof open>) {
  await dialog.find('textarea').setValue('看不清')
  await dialog.find('form').trigger('submit')
  await flushPromises()
}

describe('the form of an act', () => {
  it('keeps what was typed when somebody else was quicker, and sends it after a refresh', async () => {
    const refused = new Failure(409, '409.1', '此事项已被李明辉「报告进展」', [])
    const send = vi.fn().mockRejectedValueOnce(refused).mockResolvedValue(undefined)
    const dialog = open(send)
    await fill(dialog)
    expect(dialog.text()).toContain('此事项已被李明辉「报告进展」')
    await dialog.find('.overtaken button').trigger('click')
    expect(dialog.emitted('stale')).toHaveLength(1)
    expect(dialog.find('.overtaken').exists()).toBe(false)
    await dialog.find('form').trigger('submit')
    await flushPromises()
    expect(send).toHaveBeenLastCalledWith({ reason: '看不清', by: '2026-10-06' })
    expect(dialog.emitted('close')).toHaveLength(1)
  })

  it('says a problem of the server at its field', async () => {
    const message = '时限不能早于今天'
    const problem = { code: '422.9', slug: 'check', message, field: 'by' }
    const dialog = open(() => Promise.reject(new Failure(422, '422.9', message, [problem])))
    await fill(dialog)
    expect(dialog.find('[data-field=by] .fault').text()).toBe(message)
    expect(dialog.emitted('close')).toBeUndefined()
  })

  it('says above the form what has no problem of its own, as a missing network', async () => {
    const dialog = open(() => Promise.reject(new Failure(0, '网络', '连不上服务器')))
    await fill(dialog)
    expect(dialog.find('form > .fault').text()).toBe('连不上服务器')
  })

  it('begins with what the case says, but not with statements, files or masked values', () => {
    const fields: Field[] = [...FIELDS, { key: 'name', title: '人', kind: 'text', max: 40 }, { key: 'photos', title: '照片', kind: 'files', max: 9 }] // prettier-ignore
    const known = { reason: '上次的', by: '2026-10-06', name: '***', photos: [] }
    const asks = fields.map(({ key }) => ({ field: key }))
    expect(beginWith(fields, asks, known)).toEqual({ by: '2026-10-06' })
    expect(beginWith(fields, [], known)).toEqual({})
  })
})
