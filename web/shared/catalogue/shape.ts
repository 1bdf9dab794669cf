/** The shape of the catalogue: what the packs define, so that no page names one. */
import type { Field } from '../form/form'
import type { Tree } from '../rules/evaluate'

export interface Catalogue {
  /** Changes whenever a file of a pack does. */
  version: string
  packs: { key: string; title: string; version: string; summary: string }[]
  cases: Record<string, CaseKind>
  forms: Record<string, Form>
  rounds: Record<string, Round>
  ledgers: Record<string, Ledger>
  indicators: Record<string, IndicatorShape>
  views: View[]
}

export interface Form {
  key: string
  title: string
  fields: FormField[]
}

export type FormField = Field & { personal?: { category: string } }

export type Stage = 'open' | 'closed' | 'withdrawn'

export interface CaseKind {
  key: string
  title: string
  form: string
  /** Field that says in one line what a case is about. */
  summary: string | null
  /** Fields by which lists filter and sort. */
  slots: string[]
  states: { key: string; title: string; stage: Stage }[]
  transitions: Transition[]
  ledger: string | null
}

export interface Transition {
  verb: string
  title: string
  /** States it starts from; none for an act that opens a case. */
  from: string[]
  to: string | null
  /** What it asks for; `when` depends on what is answered, by the rule of that name. */
  ask: { field: string; need: 'always' | 'never' | 'when'; when?: Tree | null }[]
  /** Whether people are offered it; others are done by imports and successions. */
  offered: boolean
}

export interface Round {
  key: string
  title: string
  form: string | null
  zero: { statement: string; unless: string | null } | null
}

export interface IndicatorShape {
  key: string
  title: string
  unit: string
  dimensions: { key: string; title: string }[]
}

export interface Ledger {
  key: string
  title: string
  case: string
  columns: { key: string; title: string; required: boolean }[]
}

/** Sections of the menu in which views stand. */
export type MenuPlace = 'collect' | 'assess' | 'act' | 'report'

interface Shown {
  key: string
  pack: string
  title: string
  menu: MenuPlace
  phone: boolean
}

export interface ListView extends Shown {
  kind: 'list'
  case: string
  columns: string[]
  filters: string[]
  sort: string
  tabs: { title: string; query: Record<string, string> }[]
}

export interface ReturnsView extends Shown {
  kind: 'returns'
  round: string
}

export interface CaptureView extends Shown {
  kind: 'capture'
  case: string
  verb: string
  /** Fields shown at once, in this order. */
  fields: string[]
}

export type View = ListView | ReturnsView | CaptureView
