import type { JsonValue, Properties } from '@kindred/model'

/** A behaviour case as the folder's README describes it. Only what the runner reads. */
export interface Case {
  name: string
  area: string
  now?: string | null
  timezone?: string | null
  week_start?: 'sunday' | 'monday' | null
  events?: CaseEvent[]
  persons?: CasePerson[]
  setup?: { persons?: CasePerson[] }
  groups?: unknown[]
  cohorts?: CaseCohort[]
  query: CaseQuery
  expect: Expected
}

export interface CaseEvent {
  event: string
  distinct_id: string
  timestamp: string
  properties?: Properties
  groups?: Record<string, string>
}

export interface CasePerson {
  distinct_ids: string[]
  properties?: Properties
  is_identified?: boolean
  created_at?: string
}

export interface CaseCohort {
  id: number
  name: string
  definition?: CohortNode
  static?: boolean
  member_distinct_ids?: string[]
}

export interface CaseFilter {
  type?: string
  key?: string
  operator?: string
  value?: JsonValue
  negation?: boolean
  values?: CaseFilter[]
}

interface CaseWindow {
  value: number
  unit: string
}

export interface CohortNode extends CaseFilter {
  values?: CohortNode[]
  kind?: string
  event?: string | null
  count?: number
  within?: CaseWindow
  event_filters?: CaseFilter[]
  [option: string]: unknown
}

export interface CaseSeries {
  event: string | null
  name?: string
  math?: string | null
  math_property?: string | null
  filters?: CaseFilter[]
  [option: string]: unknown
}

export interface CaseBreakdown {
  type?: string
  property?: string
  properties?: unknown[]
  cohorts?: (number | 'all')[]
  bins?: number
  limit?: number
  hide_other?: boolean
  [option: string]: unknown
}

export interface CaseQuery {
  type: string
  series?: CaseSeries[]
  date_from?: string | null
  date_to?: string | null
  interval?: string | null
  display?: string | null
  smoothing?: number | null
  compare?: { to?: string | null } | null
  breakdown?: CaseBreakdown | null
  formulas?: string[]
  filters?: CaseFilter[]
  definition?: CohortNode
}

/** A row of a trends answer, as the cases write it. */
export interface ExpectedRow {
  series?: number
  label?: string
  compare_label?: string
  breakdown_value?: JsonValue
  count?: number
  aggregated_value?: number
  data?: number[]
  days?: string[]
}

export interface Expected {
  results?: ExpectedRow[]
  ordered?: boolean
  tolerance?: number
  result_count?: number
  other_count?: number
  matching_distinct_ids?: string[]
  persons?: CasePerson[]
  members?: string[]
  error?: string
}

/** Thrown where a case needs what Kindred does not have: left out where its whole area is not built, failed elsewhere. */
export class NotSupported extends Error {}
