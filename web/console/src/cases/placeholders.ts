/** What may stand between `{{` and `}}` in a workbook of one's own, as the server takes it. */
import { caseKind, catalogue, fieldsOf } from '@shared/catalogue/catalogue'

export interface Placeholder {
  key: string
  title: string
}

const BEFORE: Placeholder[] = [
  { key: 'number', title: '编号' },
  { key: 'unit', title: '单位' },
]
const BEHIND: Placeholder[] = [
  { key: 'state', title: '状态' },
  { key: 'opened_on', title: '登记时间' },
  { key: 'due_on', title: '时限' },
  { key: 'closed_on', title: '办结时间' },
  { key: 'overdue', title: '超期天数' },
]
const FIXED = new Set([...BEFORE, ...BEHIND].map(({ key }) => key))

/** Columns of a kind of case; a field is called as its ledger heads it. */
export function placeholdersOf(kind: string): Placeholder[] {
  const ledger = catalogue.data?.ledgers[caseKind(kind)?.ledger ?? '']
  const heads = new Map(ledger?.columns.map(({ key, title }) => [key, title]))
  const fields = fieldsOf(kind).filter((field) => field.kind !== 'files' && !FIXED.has(field.key))
  return [...BEFORE, ...fields.map(({ key, title }) => ({ key, title: heads.get(key) ?? title })), ...BEHIND]
}

/** All of them as a row that a workbook takes from the clipboard, a cell each. */
export function placeholderRow(names: readonly Placeholder[]): string {
  return ['序号', ...names.map(({ title }) => title)].map((title) => `{{${title}}}`).join('\t')
}
