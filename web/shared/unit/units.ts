/** The units that one may see, loaded once, and the one that is looked at. */
import { computed, reactive, ref } from 'vue'
import type { Unit } from '../api/answers'
import { api } from '../api/client'
import { asFailure, type Failure } from '../api/failure'
import { search } from '../words/match'

const state = reactive<{ units: Unit[]; failure: Failure | undefined; loaded: boolean }>({
  units: [],
  failure: undefined,
  loaded: false,
})
const chosen = ref(localStorage.getItem('unit') ?? '')
const byId = computed(() => new Map(state.units.map((unit) => [unit.id, unit])))

export const units = state

/** The unit of the switcher: the one chosen before, else the first of one's own. */
export const currentUnit = computed(() => byId.value.get(chosen.value) ?? state.units.find((unit) => !unit.parent))

export function chooseUnit(id: string): void {
  chosen.value = id
  localStorage.setItem('unit', id)
}

export async function loadUnits(): Promise<void> {
  try {
    state.units = (await api.get('/api/v1/units')).units
    Object.assign(state, { failure: undefined, loaded: true })
  } catch (thrown) {
    state.failure = asFailure(thrown)
  }
}

export function forgetUnits(): void {
  Object.assign(state, { units: [], failure: undefined, loaded: false })
}

/** Name of a unit, or «—» when one may not see it. */
export function unitName(id: string | null | undefined): string {
  return (id && byId.value.get(id)?.name) || '—'
}

/** The way from the root to a unit, itself included. */
export function pathTo(id: string | undefined): Unit[] {
  const path: Unit[] = []
  for (let unit = id ? byId.value.get(id) : undefined; unit && !path.includes(unit);) {
    path.unshift(unit)
    unit = unit.parent ? byId.value.get(unit.parent) : undefined
  }
  return path
}

export function searchUnits(query: string, most = 50): Unit[] {
  return search(query, state.units, (unit) => [unit.name, unit.code, ...unit.aliases], most)
}
