/** Unit and period of a page, as they stand in its address. */
import type { PeriodicDocument, Period } from '@shared/api/desk-answers'
import { api } from '@shared/api/client'
import type { LocationQuery } from 'vue-router'

/** A word of the address; empty when it is not there. */
export function wordOf(query: LocationQuery, name: string): string {
  const value = query[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Periods of the kind of a document, newest first. */
export async function periodsFor(document: PeriodicDocument | undefined): Promise<Period[]> {
  if (!document) return []
  return (await api.get('/api/v1/periods', { query: { kind: document.period } })).periods
}

/** Periods of the first document that comes once a period. */
export async function usualPeriods(): Promise<Period[]> {
  const { documents } = await api.get('/api/v1/reports')
  return periodsFor(documents[0])
}

/** The last period that has ended: what is usually reported on. */
export function lastEnded(periods: readonly Period[]): Period | undefined {
  return periods.find(({ ended }) => ended) ?? periods[0]
}
