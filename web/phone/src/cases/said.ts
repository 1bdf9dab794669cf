/** Answers as they are read on a card or a case. */
import { caseKind, fieldsOf } from '@shared/catalogue/catalogue'
import type { FormField } from '@shared/catalogue/shape'
import type { Answers, FileRef } from '@shared/form/form'
import { dayText } from '@shared/words/dates'
import { decimalText } from '@shared/words/figures'
import { dayNow } from '../keep/day'

export function answerText(field: FormField, value: Answers[string] | null): string {
  if (value === undefined || value === null || value === '') return '—'
  if (field.kind === 'yes-no') return value === true ? '是' : '否'
  if (field.kind === 'date') return dayText(String(value), dayNow())
  if (field.kind === 'decimal') return `${decimalText(String(value))} ${field.unit}`
  return Array.isArray(value) ? `${value.length} 个文件` : String(value)
}

/** What a case says in words, in the order of its form; pictures and the line that names it stand elsewhere. */
export function linesOf(kind: string, answers: Answers): { key: string; title: string; text: string }[] {
  const summary = caseKind(kind)?.summary
  return fieldsOf(kind)
    .filter((field) => field.kind !== 'files' && field.key !== summary && answers[field.key] !== undefined)
    .map((field) => ({ key: field.key, title: field.title, text: answerText(field, answers[field.key]) }))
}

/** The files of a case by field, in the order of its form: before and after stand beside each other. */
export function filesOf(kind: string, answers: Answers): { key: string; title: string; files: FileRef[] }[] {
  return fieldsOf(kind).flatMap(({ key, title, kind: takes }) => {
    const files = answers[key]
    return takes === 'files' && Array.isArray(files) && files.length ? [{ key, title, files }] : []
  })
}
