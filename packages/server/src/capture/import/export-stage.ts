import type { ImportMapping } from '@kindred/model'
import { entryOf } from '../../log/entry.ts'
import { isObject } from '../read-request.ts'
import { readInstant } from '../time.ts'
import { identityUuid } from './identity.ts'
import { idOfRecord, recordReaders, timeOfRecord } from './known-export.ts'
import { CellProblem, shown } from './read-cell.ts'
import type { MadeEvent, NumberedRow, Stage, StageOptions } from './stage.ts'

type KnownExport = NonNullable<ImportMapping['export']>

/** One event per record of another product's export, each with the identity it has there. */
export class ExportStage implements Stage {
  readonly #product: KnownExport
  readonly #identity: StageOptions['identity']
  readonly #now: number

  constructor(product: KnownExport, { identity, now }: Pick<StageOptions, 'identity' | 'now'>) {
    this.#product = product
    this.#identity = identity
    this.#now = now
  }

  take({ cells: [record], raw, line }: NumberedRow): MadeEvent | { skip: string } {
    if (!isObject(record)) throw new CellProblem('', 'the record is not a JSON object')
    // Live, an event without a time happened when it came in. Of an old file that would be a guess.
    const time = timeOfRecord[this.#product](record)
    if (readInstant(time) === null) throw new CellProblem('timestamp', `${shown(String(time ?? ''))} is not a time that can be read`)
    const read = recordReaders[this.#product](record, this.#now)
    if ('dropped' in read) return { skip: read.dropped }
    if ('rejected' in read) throw new CellProblem('', read.rejected.detail)
    const id = idOfRecord[this.#product](record)
    // A record without an id of its own is known by what it says; the reader would give it a new one each time.
    if (id === undefined || id === null || id === '') read.event.uuid = identityUuid(JSON.stringify([this.#identity.projectId, this.#product, raw]))
    return { entries: [entryOf(read.event)], line, rows: 1, ownUuidAt: read.event.timestamp }
  }

  async *finish(): AsyncGenerator<MadeEvent> {
    // Each record was an event at once.
  }
}
