/** Makes pictures small enough for a slow network: at most 1600 px on the longer side, JPEG. */

const LONGEST = 1600
const QUALITY = 0.82
/** Longest file that the server takes. */
export const MOST_BYTES = 20 * 1024 * 1024

/** Size within the limit, its proportions kept; never enlarged. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const share = Math.min(1, LONGEST / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}

/** Whether it is a picture that may be drawn anew; papers and films stay as they are. */
export function isPicture({ type, name }: { type: string; name: string }): boolean {
  return type ? /^image\/(?!svg|gif)/.test(type) : /\.(jpe?g|png|webp|heic|heif)$/i.test(name)
}

/** Whether the picture drawn anew is sent: not when the first one is a JPEG within the limit and smaller. */
export function takesNew(
  first: { type: string; size: number; width: number; height: number },
  fresh: { size: number },
): boolean {
  return first.type !== 'image/jpeg' || Math.max(first.width, first.height) > LONGEST || fresh.size < first.size
}

/** Name with the ending of what it has become. */
export function jpegName(name: string): string {
  return `${name.replace(/\.[^.]*$/, '') || '照片'}.jpg`
}

/** A file as it is sent; what the browser cannot draw is sent as it came. */
export async function shrink(file: File): Promise<{ blob: Blob; name: string }> {
  const asIs = { blob: file, name: file.name }
  if (!isPicture(file)) return asIs
  const drawn = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!drawn) return asIs
  const canvas = document.createElement('canvas')
  const { width, height } = drawn
  Object.assign(canvas, fitted(width, height))
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height)
  drawn.close()
  const fresh = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  if (!fresh || !takesNew({ type: file.type, size: file.size, width, height }, fresh)) return asIs
  return { blob: fresh, name: jpegName(file.name) }
}
