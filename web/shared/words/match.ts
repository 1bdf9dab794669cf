/** Search by name, code, alias and pinyin initials. The pinyin dictionary is loaded at the first letter typed. */
import { shallowRef } from 'vue'

type Pinyin = typeof import('pinyin-pro')

const dictionary = shallowRef<Pinyin>()
const known = new Map<string, string>()

/** Loads the dictionary; call before searching with Latin letters. */
export async function loadPinyin(): Promise<void> {
  dictionary.value ??= await import('pinyin-pro')
}

/** First letters of each character, as «cgzxxx» of 城关中心小学; empty while the dictionary is not there. */
export function initials(text: string): string {
  if (!dictionary.value) return ''
  const found = known.get(text)
  if (found !== undefined) return found
  const made = dictionary.value
    .pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' })
    .join('')
    .toLowerCase()
  known.set(text, made)
  return made
}

/** How well a thing fits: 0 best; undefined when it does not. Earlier places and plain text go first. */
export function rank(query: string, words: readonly (string | undefined)[]): number | undefined {
  const wanted = query.trim().toLowerCase()
  if (!wanted) return 0
  let best: number | undefined
  const offer = (at: number, penalty: number) => {
    if (at >= 0 && at + penalty < (best ?? Infinity)) best = at + penalty
  }
  for (const word of words) {
    if (!word) continue
    offer(word.toLowerCase().indexOf(wanted), 0)
    offer(skipping(wanted, word.toLowerCase()), 200)
    if (!/^[a-z]+$/.test(wanted)) continue
    offer(initials(word).indexOf(wanted), 100)
    offer(skipping(wanted, initials(word)), 300)
  }
  return best
}

/** How many characters are skipped when they stand in the text in order, as «城关一小» in 城关第一小学; -1 when not. */
function skipping(wanted: string, text: string): number {
  let from = 0
  for (const character of wanted) {
    const at = text.indexOf(character, from)
    if (at < 0) return -1
    from = at + 1
  }
  return Math.min(99, text.length - wanted.length)
}

/** The best `most` things, in their order where they fit equally. */
export function search<T>(
  query: string,
  things: readonly T[],
  words: (thing: T) => (string | undefined)[],
  most = 50,
): T[] {
  const ranked = things.flatMap((thing) => {
    const fit = rank(query, words(thing))
    return fit === undefined ? [] : [{ thing, fit }]
  })
  return ranked
    .sort((a, b) => a.fit - b.fit)
    .slice(0, most)
    .map(({ thing }) => thing)
}
