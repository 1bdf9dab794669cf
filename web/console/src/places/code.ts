/** 地点码: the address behind a place's code, which the phone's page reads (`web/phone/src/capture/place.ts`). */
import qrcode from 'qrcode-generator'

/** `/m/r?unit=…&FIELD=…`; the unit by its code, which stays the same on another server. */
export function addressOfPlace(origin: string, unit: string, field: string, place: string): string {
  const query = new URLSearchParams({ unit, [field]: place })
  return `${origin.replace(/\/+$/, '')}/m/r?${query}`
}

/** Places, one a line: trimmed, each once. */
export function placesIn(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)
}

/** White around a code without which phones do not find it, in modules. */
const QUIET = 4

export interface Drawing {
  /** Side in modules, quiet zone included. */
  side: number
  path: string
}

/** The code as one path of squares; a quarter of it may be scratched off. */
export function drawCode(text: string): Drawing {
  qrcode.stringToBytes = (given) => [...new TextEncoder().encode(given)]
  const code = qrcode(0, 'Q')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const all = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const)
  const dark = all.filter(([row, column]) => code.isDark(row, column))
  const path = dark.map(([row, column]) => `M${column + QUIET} ${row + QUIET}h1v1h-1z`).join('')
  return { side: count + 2 * QUIET, path }
}

/** Whether phones cannot reach an address: it means this very machine. */
export function isOnlyHere(origin: string): boolean {
  if (!URL.canParse(origin)) return true
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)
}
