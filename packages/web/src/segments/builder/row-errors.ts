import { ApiError } from '../../api/client.ts'
import { nodeAt, type Written } from '../tree/definition.ts'

export interface RowErrors {
  /** What is missing in unfinished rows, and what the server refused, by node id. */
  mistakes: ReadonlyMap<string, string>
  /** The row that the server refused: it is wrong, where others are only unfinished. */
  refused: string | null
  /** The server's error where it belongs to no row. */
  other: Error | null
}

/** Puts what the server refused at the row it speaks of. */
export function rowErrors(written: Written, error: Error | null): RowErrors {
  if (error === null) return { mistakes: written.mistakes, refused: null, other: null }
  const path = error instanceof ApiError ? pathOf(error) : null
  const id = path === null ? null : nodeAt(written, path)
  if (id === null || !(error instanceof ApiError)) return { mistakes: written.mistakes, refused: null, other: error }
  return { mistakes: new Map([...written.mistakes, [id, reasonOf(error)]]), refused: id, other: null }
}

/** At the row itself, its path and the engine's name for it say nothing. */
function reasonOf({ code, details, message }: ApiError): string {
  if (code === 'segment/unsupported') return 'This cannot be answered yet: the data it reads does not exist here. Take it out to see how many fit the rest.'
  if (code === 'segment/postal-codes') return `Install the postal codes of ${details.country} in Settings to see how many fit.`
  return String(details.reason ?? message)
}

/** `segment/invalid` names a path, `request/invalid` a field below `definition`. */
function pathOf({ details }: ApiError): string | null {
  const path = details.path ?? details.field
  return path === undefined ? null : String(path).replace(/^definition\./, '')
}

/** What the server warns of, at the rows it speaks of. */
export function rowWarnings(written: Written, warnings: readonly { path: string; reason: string }[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const { path, reason } of warnings) {
    const id = nodeAt(written, path)
    if (id !== null) found.set(id, [...(found.get(id) ?? []), reason])
  }
  return found
}

/** How many each node keeps by itself, by its id. */
export function keptByNode(paths: ReadonlyMap<string, string>, clauses: readonly { path: string; count: number }[]): Map<string, number> {
  const counts = new Map(clauses.map(({ path, count }) => [path, count]))
  const kept = new Map<string, number>()
  for (const [id, path] of paths) {
    const count = counts.get(path)
    if (count !== undefined) kept.set(id, count)
  }
  return kept
}
