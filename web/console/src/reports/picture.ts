/** 保存为长图: a report's own page drawn into one picture, in the browser alone. */

/** Width of the paper, and the longest picture that browsers draw, in CSS pixels. */
const WIDTH = 794
const LONGEST = 15_000
const MARGIN = 24

/** The page as a drawing: what it names is inside it, so nothing is fetched. */
export function drawingOf(html: string, height = LONGEST): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  page.querySelectorAll('script, link').forEach((one) => one.remove())
  const inside = new XMLSerializer().serializeToString(page.documentElement)
  const size = `width="${WIDTH}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><foreignObject ${size}>${inside}</foreignObject></svg>`
}

/** The last row of pixels that is not the ground's; rows are read from below. */
export function lastInked(pixels: Uint8ClampedArray, width: number): number {
  for (let at = pixels.length - 4; at >= 0; at -= 4) {
    const white = [0, 1, 2].every((part) => (pixels[at + part] ?? 255) > 250)
    if (!white) return Math.floor(at / 4 / width)
  }
  return 0
}

function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, width, height)
  return [canvas, pen]
}

export async function reportPicture(html: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingOf(html))}`
  await image.decode()
  const [, rough] = canvasOf(WIDTH, LONGEST)
  rough.drawImage(image, 0, 0)
  const height = Math.min(LONGEST, lastInked(rough.getImageData(0, 0, WIDTH, LONGEST).data, WIDTH) + MARGIN)
  // Twice as dense for phones, unless that would be more than a browser draws.
  const dense = Math.min(2, LONGEST / height)
  const [canvas, pen] = canvasOf(Math.round(WIDTH * dense), Math.round(height * dense))
  pen.scale(dense, dense)
  pen.drawImage(image, 0, 0)
  return await new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'),
  )
}
