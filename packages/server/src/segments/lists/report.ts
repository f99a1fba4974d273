import { stringify } from 'csv-stringify/sync'
import type { Parts } from '../../parts.ts'

const rowsAtOnce = 2000
const says: Readonly<Record<string, string>> = {
  added: 'added',
  already: 'was in the list already',
  created: 'made as a new person, and added',
  unknown: 'nobody has this value',
  several: 'several people have this value',
  empty: 'the row is empty',
  repeated: 'the same, or the same person, as a row above',
}

/** What came of each row of an uploaded list, as CSV. */
export async function* listReport({ catalog }: Pick<Parts, 'catalog'>, upload: number): AsyncGenerator<string> {
  yield 'line,value,outcome,explanation,person\n'
  for (let after = 0; ; ) {
    const rows = await catalog
      .selectFrom('list_rows')
      .select(['line', 'value', 'outcome', 'person_id'])
      .where('upload_id', '=', upload)
      .where('line', '>', after)
      .orderBy('line')
      .limit(rowsAtOnce)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.line
    yield stringify(
      rows.map(({ line, value, outcome, person_id: person }) => [line, value, outcome, says[outcome] ?? outcome, person ?? '']),
      { escape_formulas: true },
    )
  }
}
