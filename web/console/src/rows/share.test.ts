import { beforeEach, describe, expect, it } from 'vitest'
import { dropView, saveView, savedViews } from './saved'
import { sheetText, widths, wrap } from './share'

const measure = (text: string) => [...text].length * 10

describe('a list for the chat group', () => {
  it('is a numbered line a row without what is missing', () => {
    const sheet = {
      title: '台账',
      lead: '共 2 条',
      foot: '县局',
      heads: [],
      rows: [
        ['甲', '—', '超期 3 天'],
        ['乙', '', ''],
      ],
    }
    expect(sheetText(sheet)).toBe('【台账】共 2 条\n1. 甲，超期 3 天\n2. 乙\n县局')
  })

  it('breaks a long cell by characters and keeps all of it', () => {
    expect(wrap('三楼东侧消火栓', 30, measure)).toEqual(['三楼东', '侧消火', '栓'])
    expect(wrap('', 30, measure)).toEqual([''])
  })

  it('gives a column its widest cell, but not more than a picture can bear', () => {
    expect(widths(['编号', '描述'], [['1', '字'.repeat(99)]], measure)).toEqual([20, 280])
  })
})

describe('saved views', () => {
  beforeEach(() => localStorage.clear())

  it('are kept by table and name, the newest of a name holding', () => {
    saveView('a', { name: '重大', query: { level: '重大' } })
    saveView('a', { name: '重大', query: { level: '重大', stage: 'open' } })
    expect(savedViews('a')).toEqual([{ name: '重大', query: { level: '重大', stage: 'open' } }])
    expect(savedViews('b')).toEqual([])
    expect(dropView('a', '重大')).toEqual([])
  })

  it('that cannot be read are none', () => {
    localStorage.setItem('views:a', '{')
    expect(savedViews('a')).toEqual([])
  })
})
