/**
 * Answers that `openapi.json` does not describe yet, by «method path».
 * Delete a line here as soon as the description says it; a path that is only here may be called as well.
 */
import type { Tree } from '../rules/evaluate'
import type { Catalogue, Stage } from '../catalogue/shape'
import type { Answers, FileRef } from '../form/form'
import type { UndescribedDesk } from './desk-answers'
import type { Problem } from './failure'

export interface Undescribed extends UndescribedDesk {
  'get /api/v1/session': SessionAnswer
  'post /api/v1/session': SignedIn
  'put /api/v1/session/password': SignedIn
  'get /api/v1/demo': { people: DemoPerson[] }
  'get /api/v1/units': { units: Unit[] }
  'get /api/v1/catalogue': Catalogue
  'get /api/v1/session/devices': { devices: Device[] }
  'delete /api/v1/session/devices/{id}': undefined
  'get /api/v1/notices': { notices: Notice[]; unread: number }
  'post /api/v1/notices/{id}/read': undefined
  'post /api/v1/notices/read': undefined
  'get /api/v1/workbench': Workbench
  'get /api/v1/cases/{kind}': CasePage
  'post /api/v1/cases/{kind}': Case
  'get /api/v1/cases/{kind}/{id}': ShownCase
  'post /api/v1/cases/{kind}/{id}/acts/{verb}': Case
  'post /api/v1/cases/{kind}/acts/{verb}': ActedOnMany
  'post /api/v1/files': FileRef & { media: string }
  'get /api/v1/rounds': { rounds: RoundNow[] }
  'get /api/v1/rounds/{key}/periods': { periods: PeriodName[] }
  'get /api/v1/rounds/{key}/{period}': RoundBoard
  'post /api/v1/rounds/{key}/{period}/{unit}': Obligation
  'post /api/v1/rounds/{key}/{period}/{unit}/return': Obligation
  'post /api/v1/rounds/{key}/{period}/{unit}/review': Obligation
  'get /api/v1/imports': { drafts: DraftLine[]; batches: Batch[] }
  'get /api/v1/imports/targets': ImportTarget[]
  'post /api/v1/imports': Draft
  'get /api/v1/imports/drafts/{id}': Draft
  'delete /api/v1/imports/drafts/{id}': undefined
  'put /api/v1/imports/drafts/{id}/mapping': Draft
  'put /api/v1/imports/drafts/{id}/corrections': Draft
  'get /api/v1/imports/drafts/{id}/rows': DraftRows
  'post /api/v1/imports/drafts/{id}/commit': Committed
  'get /api/v1/imports/batches/{id}': Batch
  'post /api/v1/imports/batches/{id}/undo': { withdrawn: number }
}

/** What a file may be imported into. */
export interface ImportTarget {
  key: string
  title: string
  /** Kind of the cases that rows become; `null` for returns, units, people, pupils, teaching. */
  case: string | null
  columns: { key: string; title: string; required: boolean }[]
}

export interface SignedIn {
  csrf: string
  must_change: boolean
}

export interface SessionAnswer extends SignedIn {
  account?: { id: string; login: string; name: string; post: string | null }
  grants?: Grant[]
  home_unit?: string
  today?: string
  /** `zone` is the name of its time zone, as «Asia/Shanghai». */
  installation?: { name: string; demo: boolean; zone: string | null }
}

export interface Grant {
  id: string
  role: Role
  role_title: string
  unit: string
}

export type Role = 'admin' | 'authority' | 'head' | 'safety-officer' | 'teacher' | 'observer'

/** Where one is signed in. */
export interface Device {
  id: string
  opened_at: number
  seen_at: number
  device: 'phone' | 'desk'
  /** What the browser calls itself. */
  agent: string
  current: boolean
}

export interface Unit {
  id: string
  code: string
  name: string
  kind: string
  kind_title: string
  parent: string | null
  aliases: string[]
}

export interface Notice {
  id: string
  case: string | null
  /** Kind of the case; without it there is nothing to open. */
  kind?: string | null
  subject: string
  text: string
  /** Milliseconds since 1970. */
  at: number
  read_at: number | null
}

export interface DemoPerson {
  login: string
  name: string
  post: string
  role_title: string
  unit: string
  does: string
  password: string
}

/** A count; text such as «10000+» where there are more. */
export type Count = number | string

/** Where a number of the workbench leads: a list, a round's grid, or one unit's return. */
export type Target =
  | { kind: string; query: Record<string, string> }
  | { round: string; period: string; standing: string }
  | { round: string; period: string; unit: string }

export interface Workbench {
  /** Acts by which the caller may open a case. */
  open: { kind: string; verb: string; title: string; unit: string }[]
  todo: (Target & {
    key: string
    title: string
    count: Count
    oldest: string | null
    overdue: number
    button: string
  })[]
  changes: (Target & { key: string; title: string; count: Count })[]
  trend: (Target & { title: string; points: { label: string; value: number }[] })[]
}

export interface Case {
  id: string
  kind: string
  number: string
  unit: string
  state: string
  state_title: string
  stage: Stage
  revision: number
  answers: Answers
  opened_on: string
  closed_on: string | null
}

export interface CaseRow extends Case {
  due_on: string | null
  unit_name: string
  unit_path: string
  overdue_days: number
  summary: string | null
}

export interface CasePage {
  rows: CaseRow[]
  total: Count
  next: string | null
}

export interface Line {
  number: number
  verb: string
  title: string
  happened_on: string
  recorded_at: number
  actor_name: string | null
  unit_name: string | null
  from: string | null
  to: string | null
  to_title: string | null
  /** Answers given or set; null where one was taken back. */
  set: Record<string, Answers[string] | null>
  /** The row of a decision table that decided, and where it comes from. */
  decision: { table: string; row: number | string; source?: string | null; version?: string } | null
  /** The phone's own time, where it was done offline. */
  device_at: number | null
  batch: string | null
  /** Why its values are gone, where retention has erased them. */
  erased?: unknown
  hash: string
}

export interface OfferedAct {
  verb: string
  title: string
  /** `needed` as the case stands; `when` is the rule, over what is typed as well. */
  ask: { field: string; needed: boolean; when?: Tree | null }[]
  document: string | null
  /** Whether it takes the case on. */
  next?: boolean
}

export interface ShownCase {
  case: Case
  unit_name: string
  unit_path: string
  due_on: string | null
  overdue_days?: number
  timeline: Line[]
  acts: OfferedAct[]
  next: { verb: string; title: string; who: string }[]
  files: (FileRef & { field?: string })[]
  documents: { key: string; title: string }[]
}

export interface ActedOnMany {
  done: string[]
  refused: { id: string; number: string; problems: Problem[] }[]
}

export type Standing = 'missing' | 'zero' | 'reported' | 'returned' | 'reviewed'

export interface Obligation {
  unit: string
  unit_name: string
  standing: Standing
  standing_title: string
  late: boolean
  received_at: number | null
  revision: number
  answers: Answers | null
}

export interface RoundNow {
  key: string
  title: string
  period: string
  label: string
  due_at: number
  counts: Record<Standing | 'late', number>
  mine: Obligation | null
}

export interface PeriodName {
  key: string
  label: string
}

export interface RoundBoard {
  label: string
  due_at: number
  rows: Obligation[]
}

export type RowSort = 'new' | 'update' | 'same' | 'suspect' | 'refused'

export interface DraftLine {
  id: string
  ledger: string
  name: string
  unit: string | null
  at: number
  /** The batch that it became. */
  batch: string | null
}

export interface Binding {
  sheet: string
  heading: string
  /** Column it was read as; null for a heading that was not recognised. */
  key: string | null
  /** 0 to 1. */
  confidence: number
}

export interface Draft extends DraftLine {
  counts: Record<RowSort, number>
  notes: string[]
  mapping: Binding[]
  /** Problems of the whole file. */
  problems: Problem[]
  suggestions: Suggestion[]
  progress: { phase: 'reading' | 'checking' | 'comparing'; done: number; total: number } | null
}

/** What may be put right for all cells alike. */
export interface Suggestion {
  key: string
  column: string
  found: string
  suggestion: string | null
  count: number
}

export interface DraftRow {
  sheet: string
  row: number
  sort: RowSort
  values: Record<string, string | number>
  problems: CellProblem[]
  pictures: number
  changes: Record<string, [string | number | null, string | number | null]>
}

export interface CellProblem {
  /** Column; null for a problem of the whole row. */
  key: string | null
  column: string | null
  found: string
  message: string
  suggestion: string | null
  /** Read, but not for sure. */
  doubt: boolean
}

export interface DraftRows {
  rows: DraftRow[]
  next: number | null
}

export interface Committed {
  batch: string
  created: number
  updated: number
  same: number
}

export interface Batch {
  id: string
  kind: string
  unit: string | null
  name: string
  at: number
  state: 'committed' | 'undone'
  /** Rows created, updated and left as they were. */
  counts: [number, number, number]
}
