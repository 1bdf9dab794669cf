/** Answers for the pages of the desk that `openapi.json` does not describe yet; see `answers.ts`. */
import type { Role } from './answers'
import type { Problem } from './failure'

export interface UndescribedDesk {
  'get /api/v1/reports': { documents: PeriodicDocument[]; built: Report[] }
  'post /api/v1/reports': Report & { notes: string[] }
  'get /api/v1/reports/{id}/text': { text: string }
  'post /api/v1/reports/verify': Verification
  'get /api/v1/periods': { periods: Period[] }
  'get /api/v1/colours': { period: Period; tally: Tally; rows: ColourRow[] }
  'get /api/v1/indicators': { period: Period; tiles: Tile[] }
  'get /api/v1/indicators/{key}': Indicator
  'get /api/v1/units/{id}': UnitHistory
  'get /api/v1/units/{id}/consequences': Consequences
  'post /api/v1/units': { written: number }
  'post /api/v1/units/{id}/merge': { moved: number }
  'post /api/v1/units/{id}/close': undefined
  'get /api/v1/people': { people: Person[] }
  'post /api/v1/people': { account: string | null; password: string }
  'put /api/v1/people/{account}': { password: string | null }
  'post /api/v1/people/{account}/grants': { id: string }
  'delete /api/v1/people/{account}/grants/{id}': undefined
  'post /api/v1/people/{account}/hand-over': { grants: number }
  'get /api/v1/entries': { rows: TrailLine[]; next: number | null; acts: TrailAct[] }
  'get /api/v1/system': SystemStatus
  'post /api/v1/system/verify': ChainVerification
  'post /api/v1/system/backup': Backup
  'get /api/v1/system/packs/{key}': PackFiles
  'post /api/v1/system/packs/{key}/check': { problems: Problem[] }
}

export interface PeriodicDocument {
  key: string
  title: string
  /** Kind of period. */
  period: string
}

export interface Period {
  key: string
  label: string
  first: string
  last: string
  ended: boolean
}

export interface Report {
  id: string
  document: string
  title: string
  unit: string
  unit_name: string
  period: string
  label: string
  made_by: string
  made_at: number
  /** Entry number up to which it knows. */
  as_of: number
  figures: number
  formats: string[]
}

export interface Differing {
  figure: number
  key: string
  shown: string
  expected: string
  reason: 'edited' | 'changed'
}

export interface Verification {
  figures: number
  edited: Differing[]
  /** Edited ones and those that cannot be reproduced. */
  differing: Differing[]
  unsourced: string[]
  signed: boolean
  /** Numbers of the figures whose controls are gone. */
  missing: number[]
  changed_since?: Differing[]
  /** Name of who made it, where the account is known here. */
  maker?: string
  provenance: { document: string; unit: string; period: string; as_of: number; made_by: string; made_at: string }
}

/** An exact value: a count, a rate by its two numbers, nothing, or hidden because it is of too few. */
export type Exact =
  { count: number } | { numerator: number; denominator: number } | { missing: true } | { suppressed: true }

/** The list of cases behind a number. */
export interface RowsLink {
  kind: string
  query: Record<string, string>
}

export interface Tile {
  key: string
  title: string
  unit: string
  direction: 'up' | 'down' | 'neutral'
  value: Exact
  previous: Exact
  year_ago: Exact
  sentence: string
  link: RowsLink | null
}

export type Colour = '红' | '橙' | '黄' | '蓝'

/** How many schools have each colour. */
export type Tally = Partial<Record<Colour | '未评', number>>

/** A school with its colour, or a group with those of its schools. */
export interface ColourRow {
  unit: string
  title: string
  tally: Tally
  mark?: {
    colour: Colour | null
    reason: string
    source: string
    figure: { key: string; title: string; unit: string; value: Exact; link: RowsLink | null } | null
  }
}

export interface IndicatorRow {
  key: string
  title: string
  value: Exact
  previous: Exact
  unit: string | null
  link: RowsLink | null
  /** Whether its base is large enough to be compared with others. */
  comparable: boolean
}

export interface Indicator {
  indicator: {
    key: string
    title: string
    unit: string
    direction: 'up' | 'down' | 'neutral'
    dimensions: string[]
  }
  unit: string
  unit_name: string | null
  period: Period
  value: Exact
  previous: Exact
  year_ago: Exact
  sentence: string
  link: RowsLink | null
  rows: IndicatorRow[]
  suppressed: number
  basis: string | null
}

export interface UnitVersion {
  code: string
  name: string
  kind: string
  parent: string | null
  valid_from: string
  valid_to: string | null
  attributes: Record<string, string>
}

export interface UnitHistory {
  id: string
  versions: UnitVersion[]
  successions: { from: string; to: string; kind: 'merge' | 'split'; on: string }[]
}

/** What hangs on a unit, in sentences. */
export interface Consequences {
  below: number
  open_cases: number
  grants: number
  sentences: string[]
}

export interface PersonGrant {
  id: string
  role: Role
  role_title: string
  unit: string
  unit_name: string | null
  valid_from: string
  valid_to: string | null
}

export interface Person {
  account: string
  login: string
  name: string
  post: string
  enabled: boolean
  locked: boolean
  grants: PersonGrant[]
}

export interface TrailLine {
  number: number
  kind: string
  verb: string
  title: string
  actor: string
  actor_name: string
  unit_name: string | null
  subject: string
  happened_on: string
  recorded_at: number
  hash: string
}

/** What entries may tell of; an empty kind is that of every round. */
export interface TrailAct {
  kind: string
  verb: string
  title: string
}

export interface Backup {
  name: string
  at: number
  bytes: number
}

export interface SystemStatus {
  version: string
  database: string
  packs: { key: string; title: string; version: string; versions: string[]; hash: string }[]
  entries: number
  seal: { upto: number; at: number } | null
  backups: Backup[]
  jobs: { key: string; title: string; last_at: number | null; outcome: string | null }[]
  small_cells: number
}

export interface ChainVerification {
  entries: number
  chains: number
  seals: number
  unsealed: number
  erased: string[]
  faults: { entry: number; reason: string }[]
}

export interface PackFiles {
  running: string
  version: string
  files: { path: string; bytes: number }[]
  changes: { kind: 'added' | 'removed' | 'changed'; breaking: boolean; path: string; text: string }[]
}
