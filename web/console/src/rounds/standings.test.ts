import type { Obligation, Standing } from '@shared/api/answers'
import { describe, expect, it } from 'vitest'
import { narrowed, reminder, tallies } from './standings'

function row(name: string, standing: Standing, late: boolean, came = true): Obligation {
  const received_at = came ? 1 : null
  return { unit: name, unit_name: name, standing, standing_title: '', late, received_at, revision: 1, answers: null }
}

const ROWS = [
  row('甲', 'zero', false),
  row('乙', 'reported', true),
  row('丙', 'missing', false, false),
  row('丁', 'returned', false),
]

describe('the counts of a round', () => {
  it('never count what has not come as in time, late or zero', () => {
    const count = Object.fromEntries(tallies(ROWS).map(({ title, count }) => [title, count]))
    expect(count).toEqual({ 应报: 4, 按时: 2, 迟报: 1, 未报: 1, 零报: 1, 已报: 1, 退回: 1, 已审: 0 })
  })

  it('each lead to just the rows they count', () => {
    for (const tally of tallies(ROWS))
      expect([tally.title, narrowed(ROWS, tally.query).length]).toEqual([tally.title, tally.count])
    expect(narrowed(ROWS, { standing: 'missing,returned' }).map(({ unit }) => unit)).toEqual(['丙', '丁'])
  })

  it('are reminded of by the names of those who owe', () => {
    const text = reminder('月报', '9月', '9月28日', ROWS)
    expect(text).toContain('以下 2 个单位还没有报送：丙、丁（被退回）。')
  })
})
