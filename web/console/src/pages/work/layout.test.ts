import { describe, expect, it } from 'vitest'
import { hasShape, partsFor, sum } from './layout'

describe('the first page', () => {
  it('is another for each who comes', () => {
    expect(partsFor(['authority'])[1]).toBe('rounds')
    expect(partsFor(['head'])).toEqual(['todo', 'open', 'rounds', 'trend', 'changes'])
    expect(partsFor(['safety-officer'])).not.toEqual(partsFor(['head']))
    expect(partsFor(['teacher'])[0]).toBe('open')
    expect(partsFor(['observer'])).not.toContain('todo')
  })

  it('adds counts, and says when there are more', () => {
    expect(sum([5, 3])).toBe('8')
    expect(sum([5, '500+'])).toBe('505+')
  })

  it('draws only what has a shape', () => {
    const points = (...values: number[]) => values.map((value) => ({ value }))
    expect(hasShape(points(4, 4, 4))).toBe(false)
    expect(hasShape(points(4, 5))).toBe(false)
    expect(hasShape(points(4, 4, 5))).toBe(true)
  })
})
