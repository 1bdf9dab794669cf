/** Pictures that are on the phone and not yet sent, by id. */
import { addressOf } from '@shared/api/client'
import type { Answers, FileRef } from '@shared/form/form'
import { localId, localIds, localRef, type Picture } from '../queue/item'
import { MOST_BYTES, shrink } from './shrink'

const held = new Map<string, Picture>()
const addresses = new Map<string, string>()

export function hold(pictures: readonly Picture[]): void {
  for (const picture of pictures) held.set(picture.id, picture)
}

/** The pictures on the phone that answers name. */
export function heldOf(answers: Answers): Picture[] {
  return localIds(answers).flatMap((id) => held.get(id) ?? [])
}

/** Takes a file in, made small, and says how an answer names it; undefined when it is too large to be sent. */
export async function take(file: File, id: string): Promise<FileRef | undefined> {
  const { blob, name } = await shrink(file)
  if (blob.size > MOST_BYTES) return undefined
  const picture = { id, name, blob }
  held.set(id, picture)
  return localRef(picture)
}

/** Address under which a picture can be shown, on the phone or from the server. */
export function shownAt(file: FileRef): string {
  const id = localId(file)
  if (!id) return addressOf('/api/v1/files/{hash}', { path: { hash: file.hash }, query: { inline: 'true' } })
  const blob = held.get(id)?.blob
  if (blob && !addresses.has(id)) addresses.set(id, URL.createObjectURL(blob))
  return addresses.get(id) ?? ''
}
