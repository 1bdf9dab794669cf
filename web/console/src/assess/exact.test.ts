import { describe, expect, it } from 'vitest'
import { comparedText, exactText, numberOf, wholeText, worsened } from './exact'

describe('exact values', () => {
  it('keep nought, missing and hidden apart', () => {
    expect(exactText({ count: 0 }, '处')).toBe('0 处')
    expect(exactText({ missing: true }, '处')).toBe('—')
    expect(exactText({ suppressed: true }, '人')).toBe('人数过少，不显示')
    expect(numberOf({ missing: true }, '处')).toBe(null)
    expect(numberOf({ numerator: 0, denominator: 0 }, '%')).toBe(null)
  })

  it('name the denominator of a rate and of a mean', () => {
    expect(exactText({ numerator: 11, denominator: 12 }, '%')).toBe('91.7%(11/12)')
    expect(exactText({ numerator: 26, denominator: 10 }, '处')).toBe('2.6 处(26/10)')
  })

  it('are compared in points where they are rates, and not at all with what is not known', () => {
    const half = { numerator: 1, denominator: 2 }
    expect(comparedText({ numerator: 3, denominator: 4 }, half, '%', '上期')).toBe('比上期提高 25 个百分点')
    expect(comparedText({ count: 9 }, { count: 12 }, '处', '上期')).toBe('比上期减少 3 处')
    expect(comparedText(half, half, '%', '上年同期')).toBe('与上年同期持平')
    expect(comparedText(half, { missing: true }, '%', '上期')).toBe('')
  })

  it('worsen against their direction only', () => {
    const tile = { value: { count: 9 }, previous: { count: 12 }, unit: '处' }
    expect(worsened({ ...tile, direction: 'up' })).toBe(true)
    expect(worsened({ ...tile, direction: 'down' })).toBe(false)
    expect(worsened({ ...tile, direction: 'neutral' })).toBe(undefined)
  })

  it('names whole periods beside one that still runs, and none that it does not know', () => {
    const tile = { previous: { count: 68 }, year_ago: { count: 82 }, unit: '处' }
    expect(wholeText(tile)).toBe('整期：上期 68 处，上年同期 82 处')
    expect(wholeText({ ...tile, year_ago: { missing: true } })).toBe('整期：上期 68 处')
    expect(wholeText({ previous: { missing: true }, year_ago: { suppressed: true }, unit: '处' })).toBe('')
  })
})
