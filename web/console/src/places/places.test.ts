import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../phone/src/capture/place'
import { addressOfPlace, drawCode, isOnlyHere, placesIn } from './code'

describe('the code of a place', () => {
  it('is read by the phone as the unit and the field it was made for', () => {
    const address = addressOfPlace('http://10.1.2.3:8420/', 'QS01', 'place', '教学楼 2 层 & 楼梯')
    expect(placeOf(address)).toEqual({ unit: 'QS01', place: '教学楼 2 层 & 楼梯' })
  })

  it('is a square with its three corners, larger for longer texts', () => {
    const { side, path } = drawCode('https://a.cn/m/r?unit=1')
    expect((side - 8 - 17) % 4).toBe(0)
    for (const corner of [`M4 4h`, `M${side - 5} 4h`, `M4 ${side - 5}h`]) expect(path).toContain(corner)
    expect(path).not.toContain(`M${side - 5} ${side - 5}h1v1h-1zM${side - 4}`)
    expect(drawCode('长'.repeat(80)).side).toBeGreaterThan(side)
  })

  it('is made for each place once, and says when phones cannot reach it', () => {
    expect(placesIn(' 食堂\n\n校门口 \n食堂')).toEqual(['食堂', '校门口'])
    expect(isOnlyHere('http://127.0.0.1:8420')).toBe(true)
    expect(isOnlyHere('https://yanpan.qs.gov.cn')).toBe(false)
  })
})
