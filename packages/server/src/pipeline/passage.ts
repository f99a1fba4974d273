import type { CapturedEvent, DropReason, QuarantineReason, Source } from '@kindred/model'
import type { Session } from '../enrich/sessions.ts'
import type { ChangeCause } from '../identity/people.ts'
import type { Person } from '../identity/person.ts'

/** What a step answers: on, or out for good, or aside, each with a reason of a closed list. */
export type StepResult =
  | { kind: 'ok' }
  | { kind: 'drop'; reason: DropReason }
  | { kind: 'quarantine'; reason: QuarantineReason; detail: string; body?: string; form?: 'wire' | 'event'; context?: object }

export const ok: StepResult = { kind: 'ok' }

/** One entry of the log on its way through the steps; what a step finds out, later steps read here. */
export class Passage {
  readonly projectId: number
  readonly source: Source
  readonly receivedAt: number
  readonly position: number
  /** As the log has it. */
  readonly entry: unknown
  /** The row of the quarantine that the event is sent again from. */
  readonly replay: number | undefined
  /** True where the entry may be larger than an event is allowed to be. */
  readonly mayBeLarge: boolean
  /** True where no text and no key of the entry needs to be changed before it may be stored. */
  readonly isClean: boolean
  /** The event's session, and whether it is the one its person was active in last. Absent where sessions are not made. */
  session: { session: Session; isLatest: boolean } | undefined
  #event: CapturedEvent | undefined
  #person: Person | undefined
  #cause: ChangeCause | undefined

  constructor(from: Pick<Passage, 'projectId' | 'source' | 'receivedAt' | 'position' | 'entry' | 'mayBeLarge' | 'isClean'> & { replay?: number }) {
    this.projectId = from.projectId
    this.source = from.source
    this.receivedAt = from.receivedAt
    this.position = from.position
    this.entry = from.entry
    this.replay = from.replay
    this.mayBeLarge = from.mayBeLarge
    this.isClean = from.isClean
  }

  get event(): CapturedEvent {
    if (this.#event === undefined) throw new Error('the event is read before it is decoded')
    return this.#event
  }
  set event(event: CapturedEvent) {
    this.#event = event
  }

  get person(): Person {
    if (this.#person === undefined) throw new Error('the person is read before it is resolved')
    return this.#person
  }
  set person(person: Person) {
    this.#person = person
  }

  get cause(): ChangeCause {
    this.#cause ??= { at: this.event.timestamp, position: this.position, source: this.source }
    return this.#cause
  }
}
