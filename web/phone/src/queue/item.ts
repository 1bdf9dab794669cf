/** One thing that was done on the phone and has to reach the server. */
import type { Problem } from '@shared/api/failure'
import type { Answers, FileRef } from '@shared/form/form'

/** A picture or file that is still on the phone; answers name it by `local:ID` until the server has it. */
export interface Picture {
  id: string
  name: string
  blob: Blob
  /** How the server names it, and since when it has it. */
  stored?: FileRef & { at: number }
}

/** Where it is sent. */
export type Path =
  '/api/v1/cases/{kind}' | '/api/v1/cases/{kind}/{id}/acts/{verb}' | '/api/v1/rounds/{key}/{period}/{unit}'

export interface Draft {
  path: Path
  /** Values for the names in the path. */
  values: Record<string, string>
  /** What is sent besides the answers. */
  body: Record<string, unknown>
  answers: Answers
  pictures: Picture[]
  /** The act, as on its button. */
  title: string
  /** What it is about, in one line. */
  about: string
  /** Address of the page on which it can be mended. */
  page: string
}

export interface Item extends Draft {
  /** Names it to the server: the same key twice is done once. It stays the same until the thing is done. */
  key: string
  /** Place in the row. */
  order: number
  /** Who did it: nobody else sends or sees it. */
  owner: string
  /** The phone's own time when it was done. */
  deviceAt: number
  state: 'waiting' | 'done' | 'returned'
  /** Why it was returned. */
  why?: string
  problems?: readonly Problem[]
  /** What came of it. */
  number?: string
  at?: { kind: string; id: string }
}

const LOCAL = 'local:'

export const localRef = ({ id, name }: Picture): FileRef => ({ hash: LOCAL + id, name })

/** Id of a picture on the phone; undefined for one that the server has. */
export function localId({ hash }: FileRef): string | undefined {
  return hash.startsWith(LOCAL) ? hash.slice(LOCAL.length) : undefined
}

/** Pictures on the phone that answers name. */
export function localIds(answers: Answers): string[] {
  const files = Object.values(answers).filter((value) => Array.isArray(value))
  return files.flat().flatMap((file) => localId(file) ?? [])
}

/** The answers with every picture named as the server names it. */
export function named(answers: Answers, pictures: readonly Picture[]): Answers {
  const one = (file: FileRef): FileRef => {
    const stored = pictures.find(({ id }) => id === localId(file))?.stored
    return stored ? { hash: stored.hash, name: stored.name } : file
  }
  const pairs = Object.entries(answers).map(([key, value]) => [key, Array.isArray(value) ? value.map(one) : value])
  return Object.fromEntries(pairs) as Answers
}

/** «待发送», «发送中», «已登记 QS-T101-2026-0007», «被退回». */
export function stateText(item: Pick<Item, 'state' | 'key' | 'number'>, sending: string): string {
  if (item.state === 'returned') return '被退回'
  if (item.state === 'done') return item.number ? `已登记 ${item.number}` : '已送到'
  return item.key === sending ? '发送中' : '待发送'
}
