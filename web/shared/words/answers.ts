/** Answers as they are read, by the kind of their field. */
import type { Field, Value } from '../form/form'
import { dayText } from './dates'
import { decimalText } from './figures'
import { maskName, maskPhone } from './masks'

/** Text of an answer; missing is «—». What the server masked stays masked. */
export function answerText(field: Field, value: Value | null, now?: string): string {
  if (value === undefined || value === null || value === '') return '—'
  if (Array.isArray(value)) return `${value.length} 个文件`
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (field.kind === 'date') return dayText(String(value), now)
  if (field.kind === 'decimal') return `${decimalText(String(value))} ${field.unit}`
  return String(value)
}

/** The same in a list, where people are not named in full. */
export function listText(
  field: Field & { personal?: { category: string } },
  value: Value | null,
  now?: string,
): string {
  const text = answerText(field, value, now)
  if (!field.personal || text === '—') return text
  return field.personal.category.endsWith('-contact') ? maskPhone(text) : maskName(text)
}
