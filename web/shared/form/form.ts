/** A form's definition as the server gives it, and the reading of what was typed. The server reads it again. */
import type { Component, InjectionKey } from 'vue'
import type { Problem } from '../api/failure'

export type FieldKind =
  | { kind: 'text'; max: number }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal'; scale: number; unit: string }
  | { kind: 'date' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'yes-no' }
  | { kind: 'unit' }
  | { kind: 'phone' }
  | { kind: 'files'; max: number }

export type Field = FieldKind & { key: string; title: string; hint?: string }

export interface FileRef {
  hash: string
  name: string
}

/** Another control for files than the usual one, with the same properties. */
export const FILES_CONTROL: InjectionKey<Component> = Symbol('files control')

export type Value = string | number | boolean | FileRef[] | undefined
export type Answers = Record<string, Value>

/** Always, never, or judged from the answers so far. */
export type When = boolean | ((answers: Answers) => boolean)

/** A field that an act asks for. */
export interface Ask {
  field: string
  /** When it must be answered. */
  need?: When
  /** When it is shown; always if left out. */
  show?: When
}

export function holds(when: When, answers: Answers): boolean {
  return typeof when === 'function' ? when(answers) : when
}

/** The fields that are shown now, each with whether it must be answered. */
export function asked(
  fields: readonly Field[],
  asks: readonly Ask[],
  answers: Answers,
): { field: Field; need: boolean }[] {
  return asks.flatMap(({ field: key, need = false, show = true }) => {
    const field = fields.find((candidate) => candidate.key === key)
    return field && holds(show, answers) ? [{ field, need: holds(need, answers) }] : []
  })
}

/** A missing answer is absent, never an empty string. */
export function isMissing(value: Value): boolean {
  return (
    value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && !value.length)
  )
}

/** What is wrong with an answer, in words; undefined when nothing is. */
export function fault(field: Field, value: Value, need: boolean): string | undefined {
  if (isMissing(value)) return need ? `请填写${field.title}` : undefined
  const text = String(value).trim()
  switch (field.kind) {
    case 'text':
      return [...text].length > field.max ? `最多 ${field.max} 个字，现在 ${[...text].length} 个` : undefined
    case 'integer':
      return /^-?\d+$/.test(text) && Number(text) >= field.min && Number(text) <= field.max
        ? undefined
        : `应为 ${field.min}—${field.max} 的整数`
    case 'decimal':
      return new RegExp(`^-?\\d{1,15}${field.scale ? `(\\.\\d{1,${field.scale}})?` : ''}$`).test(text)
        ? undefined
        : `应为至多 ${field.scale} 位小数的数字，单位${field.unit}`
    case 'phone':
      return /^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(text) ? undefined : '应为 11 位手机号，或带区号的座机号'
    case 'choice':
      return field.options.includes(text) ? undefined : `请从${field.options.join('、')}中选择`
    case 'files':
      return Array.isArray(value) && value.length > field.max ? `最多 ${field.max} 个文件` : undefined
    default:
      return undefined
  }
}

/** All faults by field key. */
export function faults(fields: readonly Field[], asks: readonly Ask[], answers: Answers): Record<string, string> {
  const found = asked(fields, asks, answers).flatMap(({ field, need }) => {
    const said = fault(field, answers[field.key], need)
    return said ? [[field.key, said] as const] : []
  })
  return Object.fromEntries(found)
}

/** What is sent: only fields that are shown and answered; an integer as a number, a decimal as text. */
export function sendable(fields: readonly Field[], asks: readonly Ask[], answers: Answers): Answers {
  const sent: Answers = {}
  for (const { field } of asked(fields, asks, answers)) {
    const value = answers[field.key]
    if (isMissing(value)) continue
    if (field.kind === 'integer') sent[field.key] = Number(value)
    else sent[field.key] = typeof value === 'string' ? value.trim() : value
  }
  return sent
}

/** The server's problems by field key; those without a field of the form are said above it, under «». */
export function byField(problems: readonly Problem[], fields: readonly Field[]): Record<string, string> {
  const said: Record<string, string> = {}
  for (const { field = '', message } of problems) {
    const key = fields.some((candidate) => candidate.key === field) ? field : ''
    said[key] = said[key] ? `${said[key]};${message}` : message
  }
  return said
}
