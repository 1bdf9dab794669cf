import type { Indicator, IndicatorRow } from '@shared/api/desk-answers'
import { describe, expect, it } from 'vitest'
import { linesOf } from './branches'

const row = (key: string, count: number, previous = 0): IndicatorRow =>
  ({
    key,
    title: key,
    unit: key,
    value: { count },
    previous: { count: previous },
    link: null,
    comparable: true,
  }) as const
const by = (unit: string, ...rows: IndicatorRow[]) => ({ unit, rows }) as unknown as Indicator

describe('the tree behind a figure', () => {
  const county = { now: by('county', row('east', 3, 5), row('west', 4)), then: undefined }
  const east = { now: by('east', row('school', 2), row('east', 1)), then: undefined }

  it('shows below an open unit its own rows, and never a unit below itself', () => {
    const lines = linesOf(county, new Map([['east', east]]))
    expect(lines.map(({ row: { key }, depth }) => [key, depth])).toEqual([
      ['east', 0],
      ['school', 1],
      ['east', 1],
      ['west', 0],
    ])
    expect(linesOf(county, new Map())).toHaveLength(2)
  })

  it('compares with the period before, or by key with a chosen one in which a unit may be missing', () => {
    expect(linesOf(county, new Map()).map(({ before }) => before)).toEqual([{ count: 5 }, { count: 0 }])
    const then = { ...county, then: by('county', row('east', 9)) }
    expect(linesOf(then, new Map()).map(({ before }) => before)).toEqual([{ count: 9 }, { missing: true }])
  })
})
