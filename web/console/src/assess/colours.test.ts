import type { ColourRow, Tally } from '@shared/api/desk-answers'
import { describe, expect, it } from 'vitest'
import { coloursOf, gravestFirst, holds, schoolsOf } from './colours'

const row = (title: string, tally: Tally): ColourRow => ({ unit: title, title, tally })

describe('colours of schools', () => {
  const rows = [row('甲', { 蓝: 9 }), row('乙', { 黄: 3, 蓝: 1 }), row('丙', { 红: 1, 蓝: 5 }), row('丁', { 黄: 4 })]

  it('puts the gravest first, and of the same the one with more schools', () => {
    expect(gravestFirst(rows).map(({ title }) => title)).toEqual(['丙', '丁', '乙', '甲'])
    expect(rows[0]?.title).toBe('甲')
  })

  it('narrows to those that have a colour', () => {
    expect(rows.filter((one) => holds(one, '黄')).map(({ title }) => title)).toEqual(['乙', '丁'])
  })

  it('names the colours in their order and counts schools with none as well', () => {
    expect(coloursOf({ 蓝: 1, 红: 2, 未评: 4 })).toEqual(['红', '蓝'])
    expect(schoolsOf({ 蓝: 1, 红: 2, 未评: 4 })).toBe(7)
  })
})
