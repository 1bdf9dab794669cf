/** The catalogue as pages read it: loaded once, asked for again when one signs in or comes back after a while. */
import { shallowReactive } from 'vue'
import { api } from '../api/client'
import { asFailure } from '../api/failure'
import type { Ask } from '../api/ask'
import type {
  CaptureView,
  CaseKind,
  Catalogue,
  FormField,
  Ledger,
  ListView,
  ReturnsView,
  Transition,
  View,
} from './shape'

const state = shallowReactive<Ask<Catalogue>>({
  data: undefined,
  failure: undefined,
  busy: false,
  again: loadCatalogue,
})

/** For `StatePanel`; its data is there on every page that the menu marks as made of packs. */
export const catalogue: Readonly<Ask<Catalogue>> = state

/** Asks for it; the browser repeats the ETag, and the same version leaves every page as it is. */
export async function loadCatalogue(): Promise<void> {
  state.busy = true
  try {
    const data = await api.get('/api/v1/catalogue')
    if (data.version !== state.data?.version) state.data = data
    state.failure = undefined
  } catch (thrown) {
    state.failure = asFailure(thrown)
  } finally {
    state.busy = false
  }
}

export function forgetCatalogue(): void {
  Object.assign(state, { data: undefined, failure: undefined })
}

const KINDS: readonly string[] = ['list', 'returns', 'capture'] satisfies View['kind'][]

/** Views that there are pages for, in the order of the packs. */
export function views(): View[] {
  return state.data?.views.filter(({ kind }) => KINDS.includes(kind)) ?? []
}

export function caseKind(key: string): CaseKind | undefined {
  return state.data?.cases[key]
}

/** Fields of a kind of case, in the order of its form. */
export function fieldsOf(kind: string): FormField[] {
  return state.data?.forms[caseKind(kind)?.form ?? '']?.fields ?? []
}

export function fieldOf(kind: string, key: string): FormField | undefined {
  return fieldsOf(kind).find((field) => field.key === key)
}

/** The list that shows a kind of case: the pack's, else one with what every case has. */
export function listOf(kind: string): ListView {
  const given = views().find((view): view is ListView => view.kind === 'list' && view.case === kind)
  const title = caseKind(kind)?.title ?? '事项'
  const shown = ['number', 'unit', caseKind(kind)?.summary ?? '', 'state', 'opened_on', 'due_on'].filter(Boolean)
  const plain = { key: '', pack: '', menu: 'act', phone: false, kind: 'list', sort: '-opened_on', tabs: [] } as const
  return (
    given ?? { ...plain, tabs: [], title: `${title}台账`, case: kind, columns: shown, filters: ['state', 'opened_on'] }
  )
}

/** Ledgers that can be imported, those with a list in the menu first and in its order. */
export function ledgers(): Ledger[] {
  const listed = views().map((view) => (view.kind === 'list' ? view.case : ''))
  const place = ({ case: kind }: Ledger) => (listed.includes(kind) ? listed.indexOf(kind) : listed.length)
  return Object.values(state.data?.ledgers ?? {}).sort((a, b) => place(a) - place(b))
}

/** The page of a round's returns; undefined where the pack shows none. */
export function returnsOf(round: string): ReturnsView | undefined {
  return views().find((view): view is ReturnsView => view.kind === 'returns' && view.round === round)
}

/** Pages on which a case of this kind is opened. */
export function capturesOf(kind: string): CaptureView[] {
  return views().filter((view): view is CaptureView => view.kind === 'capture' && view.case === kind)
}

/** An act of a kind of case that starts from a state; without one, an act that opens a case. */
export function transitionOf(kind: string, verb: string, from?: string): Transition | undefined {
  const named = caseKind(kind)?.transitions.filter((act) => act.verb === verb) ?? []
  return named.find((act) => (from ? act.from.includes(from) : !act.from.length)) ?? named[0]
}

/** Acts that people may be offered in every one of these states, each verb once. */
export function actsFrom(kind: string, states: readonly string[]): Transition[] {
  const all = caseKind(kind)?.transitions.filter((act) => act.offered && act.from.length) ?? []
  const fits = (verb: string, state: string) => all.some((act) => act.verb === verb && act.from.includes(state))
  const shared = all.filter((act) => states.length > 0 && states.every((state) => fits(act.verb, state)))
  return shared.filter((act, at) => shared.findIndex(({ verb }) => verb === act.verb) === at)
}
