import { describe, expect, it } from 'vitest'
import { verbsOf } from './verbs'

const ACTS = [
  { kind: 'repair', verb: 'report', title: '登记报修' },
  { kind: 'repair', verb: 'take', title: '受理' },
  { kind: 'unit', verb: 'merge', title: '合并单位' },
  { kind: '', verb: 'report', title: '填报' },
]

describe('what may have been done', () => {
  it('is that of the chosen kind of thing; a round has what all rounds have', () => {
    expect(verbsOf(ACTS, 'repair', ['patrol']).map(({ value }) => value)).toEqual(['report', 'take'])
    expect(verbsOf(ACTS, 'patrol', ['patrol'])).toEqual([{ value: 'report', title: '填报' }])
  })

  it('names a verb of several kinds once, with all its titles', () => {
    const all = verbsOf(ACTS, '', [])
    expect(all).toHaveLength(3)
    expect(all[0]).toEqual({ value: 'report', title: '登记报修、填报' })
  })
})
