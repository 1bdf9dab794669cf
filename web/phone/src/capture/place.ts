/** The address in a place's code: `/m/r?unit=…&place=…`; every other name in it is a field's. */

export type Place = Record<string, string>

/** What a scanned text says of a place; undefined when it is no place's code. */
export function placeOf(text: string): Place | undefined {
  if (!URL.canParse(text)) return undefined
  const { pathname, searchParams } = new URL(text)
  if (!/(^|\/)m\/r\/?$/.test(pathname)) return undefined
  const place = Object.fromEntries([...searchParams].filter(([, value]) => value.trim()))
  return Object.keys(place).length ? place : undefined
}

/** A query of the router as a place: single texts only. */
export function placeIn(query: Record<string, unknown>): Place {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return Object.fromEntries(pairs)
}

/** A query without what is not said of the place. */
export function without(place: Place, ...names: string[]): Place {
  return Object.fromEntries(Object.entries(place).filter(([name]) => !names.includes(name)))
}
