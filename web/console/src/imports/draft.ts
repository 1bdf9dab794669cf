/** A draft as its pages hold it: asked for until the file is read, replaced by the answer of every change. */
import type { Binding, Draft, RowSort } from '@shared/api/answers'
import { useAsk, type Ask } from '@shared/api/ask'
import { api } from '@shared/api/client'
import type { ImportTarget } from '@shared/api/answers'
import { onScopeDispose, watch } from 'vue'

const EVERY_MS = 1000

export const SORTS: { key: RowSort; title: string; says: string }[] = [
  { key: 'refused', title: '退回', says: '有错，不改好进不去' },
  { key: 'suspect', title: '疑似重复', says: '和已有的很像，默认不导入' },
  { key: 'update', title: '更新', says: '已有这一条，内容有变' },
  { key: 'new', title: '新增', says: '没有过的' },
  { key: 'same', title: '未变', says: '和已有的一样，不动' },
]

/** Asks for a draft, and again every second while its file is being read. */
export function useDraft(id: () => string): Ask<Draft> {
  const ask = useAsk((signal) => api.get('/api/v1/imports/drafts/{id}', { path: { id: id() }, signal }), id)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => ask.data,
    (draft) => {
      clearTimeout(timer)
      if (draft?.progress) timer = setTimeout(() => void ask.again(), EVERY_MS)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return ask
}

/** Where one stands: the next thing to be done with a draft. */
export type Step = 'read' | 'map' | 'check' | 'done'

/** Confidence from which a heading needs no look. */
export const SURE = 0.9

/** Required columns that no heading was read as. */
export function missingColumns(ledger: ImportTarget | undefined, mapping: readonly Binding[]): string[] {
  const bound = new Set(mapping.map(({ key }) => key))
  return ledger?.columns.filter(({ key, required }) => required && !bound.has(key)).map(({ title }) => title) ?? []
}

/** Sheets in which two headings are read as one column, with the column's title. */
export function doubled(ledger: ImportTarget | undefined, mapping: readonly Binding[]): string[] {
  const seen = new Set<string>()
  const found = mapping.filter(({ sheet, key }) => {
    const place = `${sheet}\n${key}`
    const again = key !== null && key !== '' && seen.has(place)
    seen.add(place)
    return again
  })
  return found.map(
    ({ sheet, key }) => `${sheet}：${ledger?.columns.find((column) => column.key === key)?.title ?? key}`,
  )
}

export function nextStep(draft: Draft, ledger: ImportTarget | undefined): Step {
  if (draft.batch) return 'done'
  if (draft.progress) return 'read'
  const unsure = draft.mapping.some(({ key, confidence }) => key !== null && confidence < SURE)
  return draft.problems.length || unsure || missingColumns(ledger, draft.mapping).length ? 'map' : 'check'
}

/** How many rows a commit writes. */
export function committed({ counts }: Draft, suspects: boolean): number {
  return counts.new + counts.update + (suspects ? counts.suspect : 0)
}
