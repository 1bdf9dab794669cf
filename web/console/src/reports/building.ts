/** Reports under way: the page may be left, they go on and are told of when they are done. */
import type { Report } from '@shared/api/desk-answers'
import { api } from '@shared/api/client'
import { asFailure } from '@shared/api/failure'
import { reactive } from 'vue'

export interface Order {
  document: string
  title: string
  unit: string
  unitName: string
  period: string
  label: string
}

export interface Building extends Order {
  since: number
  /** What came of it; both are empty while it is under way. */
  made?: Report & { notes: string[] }
  fault?: string
}

export const buildings = reactive<Building[]>([])

/** Starts a report; the same one is not started twice while it is under way. */
export async function build(order: Order, now = Date.now()): Promise<void> {
  const same = (other: Building) =>
    other.document === order.document && other.unit === order.unit && other.period === order.period
  const known = buildings.findIndex(same)
  const before = buildings[known]
  if (before && !before.made && !before.fault) return
  if (before) buildings.splice(known, 1)
  buildings.unshift({ ...order, since: now })
  const mine = buildings[0]
  if (!mine) return
  const { document, unit, period } = order
  try {
    mine.made = await api.post('/api/v1/reports', {
      body: { document, unit, period, formats: ['docx', 'pdf', 'html'] },
    })
  } catch (thrown) {
    const { detail, problems } = asFailure(thrown)
    mine.fault = [detail, ...problems.map(({ message }) => message)].join('；')
  }
}

export function forget(building: Building): void {
  const at = buildings.indexOf(building)
  if (at >= 0) buildings.splice(at, 1)
}
