import type { ShownAnswer, ShownRow } from '../answer/shown-answer.ts'

/** A country of the map: the row it opens and its number. Several spellings of one country stay rows of their own in the list. */
export interface MapCountry {
  code: string
  name: string
  value: number
  rows: ShownRow[]
}

export interface MapData {
  countries: MapCountry[]
  /** Rows whose value is no country: they are listed, never dropped. */
  elsewhere: ShownRow[]
}

/** Places the rows of one measure on the map; zero is a number like any other. */
export function mapData(shown: ShownAnswer, index: number, places: { countryOf: (value: string) => string | null; nameOf: (code: string) => string }): MapData {
  const byCode = new Map<string, MapCountry>()
  const elsewhere: ShownRow[] = []
  for (const row of shown.rows.filter((each) => each.point.index === index)) {
    const code = row.breakdown?.kind === 'value' ? places.countryOf(row.breakdown.value) : null
    if (code === null) {
      elsewhere.push(row)
      continue
    }
    const known = byCode.get(code)
    if (known === undefined) byCode.set(code, { code, name: places.nameOf(code), value: row.total, rows: [row] })
    else known.rows.push(row)
  }
  return { countries: [...byCode.values()].sort((a, b) => b.value - a.value || a.name.localeCompare(b.name)), elsewhere }
}
