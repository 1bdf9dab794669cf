/** What the rules of an act may name on a page, so that a form asks offline for what the server will ask. */
import type { Case } from '../api/answers'
import { isMissing, type Answers, type Field, type Value, type When } from '../form/form'
import { here, session } from '../session/session'
import { pathTo, units } from '../unit/units'
import { holds, type Names, type Tree } from './evaluate'
import { Day, readNumber, type RuleValue } from './value'

/** The form, the unit, and the case where there is one. */
export interface Ground {
  fields: readonly Field[]
  unit: string | undefined
  case?: Case | undefined
}

/** Stands for what only the server knows: whatever is asked of it is a fault, and so the server's to judge. */
const UNKNOWN = ''

function typed(field: Field, value: Value): RuleValue {
  if (isMissing(value)) return null
  if (Array.isArray(value)) return value.map(({ hash }) => new Map([['hash', hash]]))
  if (typeof value === 'boolean') return value
  const text = String(value).trim()
  if (field.kind === 'integer' || field.kind === 'decimal') return readNumber(text) ?? null
  return field.kind === 'date' ? new Day(text) : text
}

function caseValue({ fields, unit, case: found }: Ground, answers: Answers): RuleValue {
  const all: Answers = { ...found?.answers, ...answers }
  const members: [string, RuleValue][] = fields.map((field) => [field.key, typed(field, all[field.key])])
  members.push(['unit', unit ?? null])
  if (found) {
    const { state, stage, number, opened_on: opened } = found
    members.push(
      ['state', state],
      ['stage', stage],
      ['number', number],
      ['opened_on', new Day(opened)],
      ['by', UNKNOWN],
    )
  }
  return new Map(members)
}

function unitValue(id: string | undefined): RuleValue | undefined {
  const unit = units.units.find((one) => one.id === id)
  if (!unit) return undefined
  const { code, name, kind } = unit
  return new Map(Object.entries({ code, name, kind, school: UNKNOWN, attributes: UNKNOWN }))
}

/** Whether a grant covers a unit by the tree; `strict` leaves out the grant's own unit. */
function covers(unit: RuleValue | undefined, strict: boolean, fits: (role: string) => boolean = () => true): boolean {
  const path = pathTo(typeof unit === 'string' ? unit : '').map(({ id }) => id)
  return session.grants.some(
    (grant) => path.includes(grant.unit) && !(strict && grant.unit === unit) && fits(grant.role),
  )
}

export function namesOf(ground: Ground, answers: Answers): Names {
  return {
    name: (name) => {
      if (name === 'case') return caseValue(ground, answers)
      if (name === 'unit') return unitValue(ground.unit)
      if (name === 'today') return new Day(here.value)
      if (name === 'actor_name') return session.name
      return name === 'imported' ? false : undefined
    },
    call: (name, [first]) => {
      if (name === 'role') return covers(ground.unit, false, (role) => role === first)
      return name === 'above' || name === 'jurisdiction' ? covers(first, name === 'above') : undefined
    },
  }
}

/** Whether a field must be answered, by its rule over what is typed; `otherwise` where there is no rule to go by. */
export function needOf(rule: Tree | null | undefined, otherwise: boolean, ground: () => Ground): When {
  return rule ? (answers) => holds(rule, namesOf(ground(), answers)) ?? otherwise : otherwise
}
