import { randomUUID } from 'node:crypto'
import type { Properties, Source } from '@kindred/model'
import type Database from 'better-sqlite3'
import { accountRows } from '../accounts/account-rows.ts'
import { AccountsCatalog } from '../accounts/accounts.ts'
import { elementTexts } from '../capture/deep-json.ts'
import { hasDelicateNumber, parseExactly, parseJson, writeJson } from '../capture/json.ts'
import type { EnrichersCatalog } from '../enrich/enrichers.ts'
import { PeopleCatalog } from '../identity/people.ts'
import type { DropCount, LogChunk, RejectedEvent, ReplayedEntry } from '../log/log.ts'
import { PrivacyCatalog } from '../privacy/arrivals.ts'
import type { Table } from '../store/clickhouse/store.ts'
import { Aside } from './aside.ts'
import type { Batch } from './batch.ts'
import { BesideVersion } from './beside.ts'
import { Definitions } from './definitions.ts'
import type { PersonSetup } from './ingest.ts'
import { activityToken, Outbox, type OutboxRow, type RefusedRow } from './outbox.ts'
import { ok, Passage, type StepResult } from './passage.ts'
import { activityWithout, countRow, rowTime, uncountRow, type WrittenEvent } from './refused-rows.ts'
import { RowSet } from './rows.ts'
import { accounts } from './steps/accounts.ts'
import { channel } from './steps/channel.ts'
import { consent } from './steps/consent.ts'
import { decode } from './steps/decode.ts'
import { geography } from './steps/geography.ts'
import { guard } from './steps/guard.ts'
import { identity } from './steps/identity.ts'
import { privacy } from './steps/privacy.ts'
import { profile } from './steps/profile.ts'
import { sessions } from './steps/sessions.ts'
import { technology } from './steps/technology.ts'
import { write } from './steps/write.ts'

type Step = (passage: Passage, batch: Batch) => StepResult

/** The way of an event, in order. A step that does not answer ok ends it. */
const steps: readonly (readonly [name: string, step: Step])[] = [
  ['decode', decode],
  ['privacy', privacy],
  ['guard', guard],
  ['identity', identity],
  ['consent', consent],
  ['geography', geography],
  ['technology', technology],
  ['sessions', sessions],
  ['channel', channel],
  ['profile', profile],
  ['accounts', accounts],
  ['write', write],
]

/** An entry of the log this much smaller than its chunk cannot be too large an event. */
const smallChunk = 1_000_000
/** What the guard has to change somewhere: without any of it in a chunk's text no event of the chunk is looked through. Half a character alone is escaped in small letters, a whole one in capitals. */
const suspicious = ['\\u0000', '\\ud', '%2E', '__proto__']
const consumer = 'pipeline'

export interface PipelineOptions {
  /** The pipeline's own connection to the catalog. */
  database: Database.Database
  enrichers: EnrichersCatalog
  propertyNames: number
}

/**
 * Takes entries of the log through the steps. All that a batch changes (offset, people, names, counters, quarantine, outbox) is one transaction, so that
 * the result is that of one run through the log in its order, wherever it is interrupted.
 */
export class Pipeline {
  readonly #options: PipelineOptions
  readonly #people: PeopleCatalog
  readonly #accounts: AccountsCatalog
  readonly #aside: Aside
  readonly #outbox: Outbox
  /** Inserts that are in the store and still in the outbox. */
  readonly #settled = new Set<number>()
  readonly #privacy: PrivacyCatalog
  readonly #readOffset: Database.Statement<[string], { position: number }>
  readonly #writeOffset: Database.Statement<[string, number]>
  readonly #definitions: Definitions
  readonly #beside: BesideVersion

  constructor(options: PipelineOptions) {
    const { database } = options
    this.#options = options
    this.#people = new PeopleCatalog(database)
    this.#accounts = new AccountsCatalog(database)
    this.#aside = new Aside(database)
    this.#outbox = new Outbox(database)
    this.#privacy = new PrivacyCatalog(database)
    this.#definitions = new Definitions(database)
    this.#beside = new BesideVersion(database)
    this.#readOffset = database.prepare('select position from offsets where consumer = ?')
    this.#writeOffset = database.prepare('insert into offsets (consumer, position) values (?, ?) on conflict do update set position = excluded.position')
  }

  /** Everything at or below was taken through the steps; the next batch begins after it. */
  offset(): number {
    return this.#readOffset.get(consumer)?.position ?? 0
  }

  /** The inserts that were decided and are not known to be in the store, oldest first. */
  openInserts(): OutboxRow[] {
    return this.#outbox.open()
  }

  /**
   * An insert is in the store, but for the rows it would not take: those are set aside. An insert that was taken whole leaves the outbox with the next
   * transaction, whatever that is for: a commit of its own for each would wait for the disk as often. Sent again after a crash, the store knows its token.
   */
  settleInsert(id: number, refused: readonly RefusedRow[]): void {
    if (refused.length === 0) {
      this.#settled.add(id)
      return
    }
    this.#commit(() => {
      this.#refuse(id, refused)
      this.#outbox.remove(id)
    })
  }

  /** Takes out of the outbox what was settled and waits for a transaction. */
  clearOutbox(): void {
    if (this.#settled.size > 0) this.#commit(() => undefined)
  }

  /** An insert that is not settled, as it is by now. */
  openInsert(id: number): OutboxRow | undefined {
    return this.#outbox.get(id)
  }

  #refuse(id: number, refused: readonly RefusedRow[]): void {
    const insert = this.#outbox.get(id)
    const positions = new Set<number>()
    for (const { table, row, reason } of refused) {
      const written = parseJson(row) as unknown as WrittenEvent & { source?: Source }
      const { project_id: projectId, position = null, source = 'api' } = written
      const about = { reason: 'store-refused', source, form: 'row', context: { table } } as const
      this.#aside.quarantine({ projectId, position, receivedAt: Date.now(), detail: reason, body: row, ...about })
      if (table !== 'events') continue
      positions.add(written.position)
      uncountRow(this.#definitions, written)
    }
    this.#definitions.save()
    this.#aside.keepWithinLimits(Date.now())
    const activity = insert?.table === 'events' ? this.#outbox.find(activityToken(insert.token)) : undefined
    if (insert === undefined || activity === undefined) return
    const rows = activityWithout(insert.rows, positions)
    if (rows.byteLength === 0) this.#outbox.remove(activity.id)
    else this.#outbox.setRows(activity.id, rows)
  }

  /** Makes people as they are given, each with all its ids. Errors: an id belongs to somebody already. */
  addPeople(projectId: number, setups: readonly PersonSetup[]): OutboxRow[] {
    return this.#commit(() => {
      const people = this.#people.begin()
      for (const setup of setups) {
        people.add(projectId, setup)
        for (const [name, value] of Object.entries(setup.properties)) {
          this.#definitions.countProperty(projectId, 'person', { name, value, at: setup.createdAt ?? Date.now() })
        }
      }
      this.#definitions.save()
      const at = this.offset()
      const rows = new RowSet().build(people.save())
      return rows.map((tableRows) => this.#outbox.add(tableRows, { first: at + 1, last: at, name: randomUUID() }))
    })
  }

  /** Takes consecutive chunks through the steps; answers the inserts that they came to. Errors leave everything as it was. */
  process(chunks: readonly LogChunk[], dropped: readonly DropCount[]): OutboxRow[] {
    return this.#commit(() => this.#run(chunks, dropped))
  }

  /** One transaction. Where it fails, what is in memory is not what the catalog has. */
  #commit<Result>(work: () => Result): Result {
    try {
      const result = this.#options.database
        .transaction(() => {
          if (this.#beside.hasMoved()) this.#forget()
          const answer = work()
          for (const id of this.#settled) this.#outbox.remove(id)
          return answer
        })
        .immediate()
      this.#settled.clear()
      return result
    } catch (error) {
      this.#forget()
      throw error
    }
  }

  #forget(): void {
    this.#people.forget()
    this.#definitions.forget()
  }

  #run(chunks: readonly LogChunk[], dropped: readonly DropCount[]): OutboxRow[] {
    const { enrichers, propertyNames } = this.#options
    const privacy = this.#privacy.begin()
    const [people, accounts] = [this.#people.begin(), this.#accounts.begin()]
    const batch: Batch = { people, accounts, definitions: this.#definitions, enrichers: enrichers.begin(), rows: new RowSet(), privacy, propertyNames }
    for (const chunk of chunks) {
      for (const passage of passages(chunk)) {
        if (passage.replay === undefined) this.#settle(passage, runSteps(passage, batch))
        else this.#runAgain(passage, batch)
      }
    }
    for (const count of dropped) this.#aside.setDropped(count)
    const now = chunks.at(-1)?.receivedAt
    if (now !== undefined) this.#aside.keepWithinLimits(now)
    return this.#finish(chunks, batch)
  }

  #finish(chunks: readonly LogChunk[], { people, accounts, definitions, rows }: Batch): OutboxRow[] {
    definitions.save()
    const saved = people.save()
    const ofAccounts = accountRows(accounts.save(saved))
    const [first, last] = [chunks[0], chunks.at(-1)]
    if (first === undefined || last === undefined) return []
    const range = { first: first.first, last: last.first + last.count - 1 }
    this.#writeOffset.run(consumer, range.last)
    return [...rows.build(saved), ...ofAccounts].map((tableRows) => this.#outbox.add(tableRows, range))
  }

  /** An event out of the quarantine: only where it is still there, since it may have been sent twice, or discarded meanwhile. */
  #runAgain(passage: Passage, batch: Batch): void {
    const { replay, projectId, receivedAt: at } = passage
    if (replay === undefined || !this.#aside.isWaiting(replay, projectId)) return
    if (!replayRow(passage, batch)) {
      const result = runSteps(passage, batch)
      this.#settle(passage, result)
      if (result.kind === 'quarantine') return
    }
    this.#aside.leave({ id: replay, projectId, at })
  }

  #settle(passage: Passage, result: StepResult): void {
    const { projectId, position, receivedAt, source, replay } = passage
    if (result.kind === 'drop') this.#aside.count({ projectId, kind: 'dropped', reason: result.reason, at: receivedAt })
    if (result.kind === 'quarantine') {
      const { reason, detail, body = writeJson(passage.entry), form = 'event', context } = result
      this.#aside.quarantine({ projectId, reason, position, receivedAt, detail, body, source, form, ...(context && { context }), replay })
    }
    if (result.kind === 'ok') {
      for (const reason of passage.event.hints ?? []) this.#aside.count({ projectId, kind: 'hint', reason, at: receivedAt })
    }
  }
}

function* passages(chunk: LogChunk): Iterable<Passage> {
  const { projectId, source, receivedAt, first, text } = chunk
  const isDelicate = hasDelicateNumber(text)
  const entries = readEntries(text, isDelicate ? parseExactly : JSON.parse)
  if (!Array.isArray(entries)) throw new Error(`the log's chunk at ${first} is not a list`)
  const traits = { mayBeLarge: text.length > smallChunk, isClean: !isDelicate && !suspicious.some((each) => text.includes(each)) }
  for (const [index, entry] of entries.entries()) {
    yield new Passage({ projectId, source, receivedAt, position: first + index, ...opened(entry), ...traits })
  }
}

/** The entries of a chunk. Where one nests too deep to be read, it is set aside with its text and the others are read. */
function readEntries(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return elementTexts(text).map(readEntry)
  }
}

function readEntry(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { reject: { reason: 'too-deep', detail: 'it nests too deep to be read', body: text, form: 'event' } } satisfies RejectedEvent
  }
}

/** What is sent again lies in an envelope that names where from. */
function opened(entry: unknown): { entry: unknown; replay?: number } {
  if (typeof entry !== 'object' || entry === null || !('replay' in entry)) return { entry }
  const again = entry as ReplayedEntry
  return { replay: again.replay, entry: 'event' in again ? again.event : again }
}

/** A row that the store refused goes to its table again, an event's under its new position; false where it is not a row. */
function replayRow({ entry, position, projectId, receivedAt }: Passage, { rows, definitions }: Batch): boolean {
  if (typeof entry !== 'object' || entry === null || !('row' in entry)) return false
  const { table, row } = entry as { table: Table; row: Properties }
  const own = { ...row, project_id: projectId }
  if (table !== 'events') rows.addRow(table, own)
  else {
    const written = { ...own, position } as unknown as WrittenEvent
    rows.addEvent(written, rowTime(written))
    countRow(definitions, written, receivedAt)
  }
  return true
}

/** Stops at the first answer that is not ok. */
function runSteps(passage: Passage, batch: Batch): StepResult {
  for (const [, step] of steps) {
    const result = step(passage, batch)
    if (result.kind !== 'ok') return result
  }
  return ok
}
