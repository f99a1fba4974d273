import { KindredError, type Page } from '@kindred/model'

/** Where a page ended: the values that its list is ordered by, of its last row. */
export type Place = readonly (string | number)[]

interface ListKind<Row> {
  /** Names the list and its order, so that no other list takes the cursor. */
  list: string
  placeOf: (row: Row) => Place
}

/** A page of at most `limit` out of `rows`, of which one more than `limit` were asked for: that one tells whether there is a next page. */
export function pageOf<Row>(rows: readonly Row[], limit: number, { list, placeOf }: ListKind<Row>): Page<Row> {
  const results = rows.slice(0, limit)
  const last = results.at(-1)
  return { results, next: rows.length > limit && last !== undefined ? writeCursor(list, placeOf(last)) : null }
}

/** A page of a short list that is always known as a whole, such as what comes with the product, in an order that stays. */
export function pageOfWhole<Row>(rows: readonly Row[], { limit, cursor }: { limit: number; cursor?: string | undefined }, list: string): Page<Row> {
  const from = readCursor(list, cursor, [0])?.[0] ?? 0
  const ahead = rows.slice(from, from + limit + 1)
  return pageOf(ahead, limit, { list, placeOf: () => [from + limit] })
}

/** Opaque on purpose: what is in it may change. */
function writeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url')
}

/**
 * The place that a cursor of `list` names, its values of the types of `example`; undefined without a cursor.
 * Errors: `request/cursor` for text that is no cursor, or one of another list or order.
 */
export function readCursor<Example extends Place>(list: string, cursor: string | undefined, example: Example): Widened<Example> | undefined {
  if (cursor === undefined) return undefined
  const [of, ...place] = parsed(cursor)
  const fits = of === list && place.length === example.length && place.every((value, index) => typeof value === typeof example[index])
  if (!fits) throw new KindredError('request/cursor')
  return place as unknown as Widened<Example>
}

type Widened<Example extends Place> = { -readonly [At in keyof Example]: Example[At] extends number ? number : string }

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** Refuses a cursor beside an offset: one of them would have to be ignored. Errors: `request/cursor`. */
export function checkPage({ cursor, offset }: { cursor?: string | undefined; offset: number }): void {
  if (cursor !== undefined && offset > 0) throw new KindredError('request/cursor')
}
