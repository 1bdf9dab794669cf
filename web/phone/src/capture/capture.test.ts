import type { CaptureView, FormField, Transition } from '@shared/catalogue/shape'
import { asked, holds } from '@shared/form/form'
import { describe, expect, it } from 'vitest'
import { asksOf, beforehand, hasMore } from './form'
import { placeIn, placeOf, without } from './place'

const fields: FormField[] = [
  { key: 'place', title: '部位', kind: 'text', max: 4 },
  { key: 'words', title: '描述', kind: 'text', max: 99 },
  { key: 'sort', title: '类别', kind: 'choice', options: ['甲', '乙'] },
  { key: 'day', title: '日期', kind: 'date' },
  { key: 'later', title: '以后', kind: 'date' },
  { key: 'seen', title: '照片', kind: 'files', max: 3 },
  { key: 'why', title: '理由', kind: 'text', max: 99 },
]
const sort = { member: { of: { name: 'case' }, name: 'sort' } }
const GRAVE = { compare: { comparison: '==', left: sort, right: { literal: '乙' } } }
const act: Transition = {
  verb: 'register',
  title: '登记',
  from: [],
  to: 'open',
  offered: true,
  ask: [
    { field: 'day', need: 'always' },
    { field: 'place', need: 'always' },
    { field: 'words', need: 'never' },
    { field: 'sort', need: 'always' },
    { field: 'later', need: 'never' },
    { field: 'seen', need: 'when' },
    { field: 'why', need: 'when', when: GRAVE },
  ],
}
const view = { kind: 'capture', fields: ['place', 'words', 'seen', 'unknown'] } as unknown as CaptureView
const ground = () => ({ fields, unit: undefined })
const keys = (more: boolean, given = {}) =>
  asked(
    fields,
    asksOf(view, act, () => more, ground),
    given,
  ).map(({ field }) => field.key)

describe('what a capture asks', () => {
  it('is pictures first, then the few fields, then what must be answered; the rest on demand', () => {
    expect(keys(false)).toEqual(['seen', 'place', 'words', 'day', 'sort'])
    expect(keys(true)).toEqual(['seen', 'place', 'words', 'day', 'sort', 'later', 'why'])
    expect(hasMore(asksOf(view, act, () => false, ground))).toBe(true)
  })

  it('needs a shown field unless the act never does', () => {
    const needed = asksOf(view, act, () => false, ground).filter(({ need = false }) => holds(need, {}))
    expect(needed.map(({ field }) => field)).toEqual(['seen', 'place', 'day', 'sort'])
  })

  it('asks for what a rule makes needed as soon as it does, before the server would', () => {
    expect(keys(false, { sort: '甲' })).not.toContain('why')
    expect(keys(false, { sort: '乙' })).toContain('why')
    const why = asksOf(view, act, () => false, ground).find(({ field }) => field === 'why')
    expect(holds(why?.need ?? false, { sort: '乙' })).toBe(true)
    expect(holds(why?.need ?? true, { sort: '甲' })).toBe(false)
  })

  it('is filled in from the code of the place, cut to what the field takes, and with today where a date is needed', () => {
    const asks = asksOf(view, act, () => false, ground)
    expect(beforehand(asks, fields, { place: '教学楼二层', sort: '丙', unit: 'u' }, '2026-10-08')).toEqual({
      place: '教学楼二',
      day: '2026-10-08',
    })
  })
})

describe('the code of a place', () => {
  it('is read from its address, wherever the program stands', () => {
    expect(placeOf('http://10.0.0.1:8420/m/r?unit=u1&place=%E9%A3%9F%E5%A0%82')).toEqual({ unit: 'u1', place: '食堂' })
    expect(placeOf('https://x.cn/yanpan/m/r?unit=u1')).toEqual({ unit: 'u1' })
  })

  it('is nothing else', () => {
    for (const text of [
      '食堂',
      'https://x.cn/',
      'https://x.cn/m/me?unit=u1',
      'https://x.cn/m/r',
      'https://x.cn/m/r?unit=',
    ])
      expect(placeOf(text)).toBeUndefined()
  })

  it('leaves out of a query what is not said of the place', () => {
    expect(without(placeIn({ unit: 'u1', done: 'x', many: ['a', 'b'] }), 'done')).toEqual({ unit: 'u1' })
  })
})
