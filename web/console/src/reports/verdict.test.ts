import type { Verification } from '@shared/api/desk-answers'
import { describe, expect, it } from 'vitest'
import { verdictOf } from './verdict'

const provenance = { document: 'd', unit: 'u', period: '2026-10', as_of: 7, made_by: 'wang', made_at: '' }
const clean: Verification = {
  figures: 12,
  edited: [],
  differing: [],
  unsourced: [],
  signed: true,
  missing: [],
  changed_since: [],
  provenance,
}
const differing = (figure: number, reason: 'edited' | 'changed') => ({
  figure,
  key: 'k',
  shown: '9',
  expected: '8',
  reason,
})

describe('the verdict on a report', () => {
  it('says that a clean one may be used', () => {
    expect(verdictOf(clean)).toEqual({ stands: true, said: '12 个数字全部核对一致，可以使用', findings: [] })
  })

  it('names what was edited before what is only without source, and counts an edited figure once', () => {
    const edited = [differing(3, 'edited')]
    const found = verdictOf({ ...clean, edited, differing: edited, unsourced: ['共计 5 处'], signed: false })
    expect(found.stands).toBe(false)
    expect(found.findings.map(({ key }) => key)).toEqual(['unsigned', 'edited', 'unsourced'])
  })

  it('lets a report stand whose data have changed since', () => {
    const found = verdictOf({ ...clean, changed_since: [differing(3, 'changed')] })
    expect(found.stands).toBe(true)
    expect(found.findings.map(({ key }) => key)).toEqual(['changed'])
  })
})
