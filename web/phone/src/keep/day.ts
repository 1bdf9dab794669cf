/** Today on the phone: as the server counted it this very day, else by the phone's own clock. */
import { session } from '@shared/session/session'
import { today } from '@shared/words/dates'

let told: { day: string; on: string } | undefined

/** Takes the server's word, whenever it has just given it. */
export function hearDay(now = today()): void {
  if (session.known && session.today) told = { day: session.today, on: now }
}

export function dayNow(now = today()): string {
  return told?.on === now ? told.day : now
}
