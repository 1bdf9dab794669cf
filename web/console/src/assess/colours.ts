/** Schools and groups by their colours, the gravest first. */
import type { Colour, ColourRow, Tally } from '@shared/api/desk-answers'

export const COLOURS: readonly Colour[] = ['红', '橙', '黄', '蓝']

/** Colours of a tally, the gravest first. */
export const coloursOf = (tally: Tally): Colour[] => COLOURS.filter((colour) => tally[colour])

/** Whether a school has the colour, or a group a school that has it. */
export const holds = (row: ColourRow, colour: Colour): boolean => !!row.tally[colour]

/** By how many schools of the gravest colour, then of the next; a school counts as one. */
export function gravestFirst(rows: readonly ColourRow[]): ColourRow[] {
  const differ = (a: ColourRow, b: ColourRow) => {
    for (const colour of COLOURS) {
      const more = (b.tally[colour] ?? 0) - (a.tally[colour] ?? 0)
      if (more) return more
    }
    return 0
  }
  return [...rows].sort(differ)
}

/** How many schools are in a tally. */
export const schoolsOf = (tally: Tally): number => Object.values(tally).reduce((sum, count) => sum + (count ?? 0), 0)
