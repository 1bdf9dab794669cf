import { describe, expect, it } from 'vitest'
import { drawingOf, lastInked } from './picture'

describe('the long picture of a report', () => {
  it('holds the page as well-formed markup, without scripts or outside files', () => {
    const html =
      '<html><head><link href="x.css"><style>p{color:red}</style></head><body><p>甲<br>乙 &amp; 丙</p><script>1</script></body></html>'
    const drawing = drawingOf(html, 900)
    const read = new DOMParser().parseFromString(drawing, 'image/svg+xml')
    expect(read.querySelector('parsererror')).toBeNull()
    expect(read.querySelector('p')?.textContent).toBe('甲乙 & 丙')
    expect(drawing).toContain('p{color:red}')
    expect(drawing).not.toMatch(/<script|<link/)
    expect(read.documentElement.getAttribute('height')).toBe('900')
  })

  it('ends below its last inked row', () => {
    const pixels = new Uint8ClampedArray(4 * 2 * 5).fill(255)
    expect(lastInked(pixels, 2)).toBe(0)
    pixels[4 * (2 * 3 + 1)] = 20
    expect(lastInked(pixels, 2)).toBe(3)
  })
})
