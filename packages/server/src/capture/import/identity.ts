import { hash } from 'node:crypto'
import type { CompiledMapping, MappedRow } from './mapped-row.ts'

/** `raw`: the row as written; of people and accounts what it says. */
type IdentifiedRow = Pick<MappedRow, 'event' | 'distinctId' | 'timeText' | 'key'> & { raw: string }

export interface ImportIdentity {
  projectId: number
  /** The mapping's `source`. */
  source: string
  /** Hash of the file's bytes. */
  fileKey: string
}

/**
 * What makes an event of an import the same event when it comes again, as text. `raw`: the row as written.
 *
 * - of a group: its person, time and key, so that the same order in a longer export is the same order;
 * - of a row with an id: the id;
 * - of a row without: the whole row, told from equal rows of the file by `occurrence`;
 * - of a row that only sets properties of a person or an account: what it says in this very file, since an older state may rightly come back with a
 *   later file, and a corrected mapping says something else.
 */
export function identityText({ projectId, source, fileKey }: ImportIdentity, kind: CompiledMapping['kind'], row: IdentifiedRow): string {
  const what = [projectId, source, row.event]
  if (kind === 'group') return JSON.stringify([...what, 'group', row.distinctId, row.timeText, ...(row.key ?? [])])
  if (kind === 'person' || kind === 'account') return JSON.stringify([...what, kind, fileKey, row.distinctId, row.raw])
  return row.key === undefined ? JSON.stringify([...what, 'row', row.distinctId, row.raw]) : JSON.stringify([...what, 'id', ...row.key])
}

/** A uuid of version 8 (RFC 9562): the first bits of SHA-256. `occurrence` counts equal identities from 0. */
export function identityUuid(text: string, occurrence = 0): string {
  const hex = hash('sha256', occurrence === 0 ? text : `${text}#${occurrence}`)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** 52 bits of the same hash: enough to tell the rows of one file apart in a table of numbers. */
export function identityNumber(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.charAt(15), 16)
}
