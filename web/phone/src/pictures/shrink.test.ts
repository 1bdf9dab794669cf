import { describe, expect, it } from 'vitest'
import { fitted, isPicture, jpegName, takesNew } from './shrink'

describe('the size of a picture', () => {
  it('is at most 1600 on the longer side, its proportions kept', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 })
    expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 })
    expect(fitted(9000, 2)).toEqual({ width: 1600, height: 1 })
  })

  it('is never enlarged', () => {
    expect(fitted(800, 600)).toEqual({ width: 800, height: 600 })
  })
})

describe('what is drawn anew', () => {
  it('is pictures, also one whose type the phone does not say', () => {
    expect(isPicture({ type: 'image/jpeg', name: 'a.jpg' })).toBe(true)
    expect(isPicture({ type: '', name: 'IMG_1.HEIC' })).toBe(true)
    for (const file of [
      { type: 'application/pdf', name: 'a.pdf' },
      { type: 'video/mp4', name: 'a.mp4' },
      { type: 'image/gif', name: 'a.gif' },
      { type: '', name: 'a.docx' },
    ])
      expect(isPicture(file)).toBe(false)
  })

  it('is not taken where the first one is a JPEG within the limit and smaller', () => {
    const first = { type: 'image/jpeg', size: 100, width: 1600, height: 900 }
    expect(takesNew(first, { size: 200 })).toBe(false)
    expect(takesNew(first, { size: 50 })).toBe(true)
    expect(takesNew({ ...first, type: 'image/png' }, { size: 200 })).toBe(true)
    expect(takesNew({ ...first, width: 1601 }, { size: 200 })).toBe(true)
  })

  it('is named as what it has become', () => {
    expect(jpegName('现场.照片.PNG')).toBe('现场.照片.jpg')
    expect(jpegName('.heic')).toBe('照片.jpg')
  })
})
