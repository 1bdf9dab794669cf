/** Where numbers and names lead. Every number is a link to its rows. */
import type { Target } from '@shared/api/answers'
import { listOf, returnsOf } from '@shared/catalogue/catalogue'
import type { View } from '@shared/catalogue/shape'
import type { RouteLocationRaw } from 'vue-router'

export type Query = Record<string, string>

export function toView(view: View, query: Query = {}): RouteLocationRaw {
  return { name: 'view', params: { menu: view.menu, view: view.key }, query }
}

/** The rows of a kind of case. */
export function toCases(kind: string, query: Query = {}): RouteLocationRaw {
  const view = listOf(kind)
  return view.key ? toView(view, query) : { name: 'cases', params: { kind }, query }
}

export function toCase(kind: string, id: string): RouteLocationRaw {
  return { name: 'case', params: { kind, id } }
}

/** The grid of a round; `standing` narrows it. */
export function toRound(round: string, query: Query): RouteLocationRaw {
  const view = returnsOf(round)
  return view ? toView(view, query) : { name: 'work' }
}

/** What one unit returns. */
export function toReturn(round: string, period: string, unit: string): RouteLocationRaw {
  return { name: 'return', params: { round, period, unit } }
}

/** Where a number of the workbench leads. */
export function toTarget(target: Target): RouteLocationRaw {
  if ('kind' in target) return toCases(target.kind, target.query)
  if ('unit' in target) return toReturn(target.round, target.period, target.unit)
  return toRound(target.round, { period: target.period, standing: target.standing })
}
