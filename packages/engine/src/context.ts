import type { Roles, Season, SegmentDefinition, SegmentUnit, TraitInfo } from '@kindred/model'

/**
 * A segment that a definition may name: its rule, or a frozen list kept in `segment_lists`, of accounts (`unit`) in `segment_account_lists`. `hasChoices`:
 * somebody was put in or left out by hand.
 */
export type SegmentInfo = ({ name: string; kind: 'rule'; definition: SegmentDefinition } | { name: string; kind: 'frozen'; unit?: SegmentUnit }) & {
  hasChoices?: boolean
  /** Which version of its rule this is, for whoever keeps what was found by it. */
  version?: number
}

/** Whom a segment holds. */
export function unitOf(segment: SegmentInfo): SegmentUnit {
  return segment.kind === 'rule' ? segment.definition.unit : (segment.unit ?? 'person')
}

/** What a measure came to over some events of the project, kept for each person as they were known then: those at or below a log position that had happened by a moment. */
export interface Keeping {
  id: number
  through: number
  /** Epoch milliseconds. */
  until: number
}

/** Names of properties, of events and of people. */
export interface Textless {
  event: ReadonlySet<string>
  person: ReadonlySet<string>
}

/** What a question is compiled for. */
export interface CompileContext {
  projectId: number
  /** The moment the question is asked at, epoch milliseconds. */
  now: number
  /** The project's zone, first day of the week and currency. */
  timezone: string
  weekStart: 'sunday' | 'monday'
  currency: string
  roles: Roles
  /** The project's named parts of the year. Left out: the usual ones. */
  seasons?: readonly Season[]
  /** Only events at or below this log position count. Left out: all. */
  watermark?: number
  /** False where no two people of the project were merged since the last folding, so that every event belongs to whom it names. */
  hasOverrides: boolean
  /** Merges at or below this log position are in the events themselves. Left out: none is. */
  foldedThrough?: number
  segments: ReadonlyMap<number, SegmentInfo>
  /** Epoch milliseconds: people with the properties they had then, and only those who were there. Left out: as they are now. */
  propertiesAsOf?: number
  /** The two-letter codes of the countries whose postal codes are installed. Left out: none. */
  postalCountries?: readonly string[]
  /** The project's own traits, by name; the built-in ones are known. */
  traits?: ReadonlyMap<string, TraitInfo>
  /** The names of all properties that people of the project ever had; standard fields read no others. Left out: any may be there. */
  personNames?: ReadonlySet<string>
  /** Names of properties that were never text in this project: whoever reads a number of them looks for none in a text. Left out: any may have been. */
  textless?: Textless | undefined
  /** What is kept of measures, by what each is: the answer of `keptAs`. Left out: nothing is. */
  kept?: ReadonlyMap<string, Keeping>
}
