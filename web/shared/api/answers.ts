/**
 * Answers that `openapi.json` does not describe yet, by «method path».
 * Delete a line here as soon as the description says it; a path that is only here may be called as well.
 */
export interface Undescribed {
  'get /api/v1/session': SessionAnswer
  'post /api/v1/session': SignedIn
  'put /api/v1/session/password': SignedIn
  'get /api/v1/units': { units: Unit[] }
  'get /api/v1/notices': { notices: Notice[] }
  'get /api/v1/cases/{kind}': CasePage
  'post /api/v1/cases/{kind}': Case
  'get /api/v1/cases/{kind}/{id}': ShownCase
  'post /api/v1/cases/{kind}/{id}/acts/{verb}': Case
  'get /api/v1/demo': { people: DemoPerson[] }
}

export interface SignedIn {
  csrf: string
  must_change: boolean
}

export interface SessionAnswer extends SignedIn {
  login?: string
  name?: string
  grants?: Grant[]
}

export interface Grant {
  role: Role
  unit: string
}

export type Role = 'admin' | 'authority' | 'head' | 'safety-officer' | 'teacher' | 'observer'

export interface Unit {
  id: string
  code: string
  name: string
  kind: string
  parent: string | null
  alias?: string
}

export interface Notice {
  id: string
  case: string | null
  subject: string
  text: string
  /** Milliseconds since 1970. */
  at: number
  read_at: number | null
}

export type Answers = Record<string, unknown>

export interface Case {
  id: string
  kind: string
  number: string
  unit: string
  state: string
  stage: string
  revision: number
  answers: Answers
  opened_on: string
  closed_on: string | null
}

export interface CasePage {
  rows: (Case & { due_on: string | null })[]
  total: number | string
  next: string | null
}

export interface ShownCase {
  case: Case
  due_on: string | null
  timeline: { verb: string; happened_on: string; actor: string; to: string | null }[]
  acts: { verb: string; title: string }[]
}

export interface DemoPerson {
  login: string
  name: string
  role: string
  unit: string
  does: string
  password: string
}
