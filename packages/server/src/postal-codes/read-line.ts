import { barePostalCode, countryCodeNamed } from '@kindred/model'

/** One line of a file, as it goes into the store. */
export interface PostalCodeLine {
  country_code: string
  code: string
  place: string
  latitude: number
  longitude: number
}

/** Where the parts of a line stand, by index. */
export interface Columns {
  country: number
  code: number
  latitude: number
  longitude: number
  place: number | undefined
  /** How many cells a line has at least. */
  cells: number
}

/** The twelve columns of a GeoNames file, the last of which may be missing. */
export const geoNamesColumns: Columns = { country: 0, code: 1, place: 2, latitude: 9, longitude: 10, cells: 11 }

const names: Readonly<Record<'country' | 'code' | 'latitude' | 'longitude' | 'place', readonly string[]>> = {
  country: ['country', 'country_code', 'countrycode'],
  code: ['postal_code', 'postalcode', 'postcode', 'zip', 'zip_code', 'code'],
  latitude: ['latitude', 'lat'],
  longitude: ['longitude', 'lng', 'lon', 'long'],
  place: ['place', 'place_name', 'city', 'name'],
}

/** The columns by the names in a header; the name of the first column that is missing where it is none. */
export function columnsOf(header: readonly string[]): Columns | string {
  const said = header.map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'))
  const at = (part: keyof typeof names) => said.findIndex((cell) => names[part].includes(cell))
  const missing = (['country', 'code', 'latitude', 'longitude'] as const).find((part) => at(part) < 0)
  if (missing !== undefined) return names[missing][0] ?? missing
  const place = at('place')
  const columns = { country: at('country'), code: at('code'), latitude: at('latitude'), longitude: at('longitude') }
  return { ...columns, place: place < 0 ? undefined : place, cells: Math.max(...Object.values(columns)) + 1 }
}

/** A line's postal code, or what is wrong with the line. */
export function readPostalCode(cells: readonly string[], columns: Columns): PostalCodeLine | string {
  if (cells.length < columns.cells) return `it has ${cells.length} columns, at least ${columns.cells} are needed`
  const cell = (index: number) => cells[index]?.trim() ?? ''
  const country = countryCodeNamed(cell(columns.country))
  if (country === undefined) return `“${shortened(cell(columns.country))}” is no country`
  const code = barePostalCode(cell(columns.code))
  if (code === '') return 'the postal code is empty'
  if (code.length > 20) return `“${shortened(code)}” is too long for a postal code`
  const [latitude, longitude] = [degrees(cell(columns.latitude), 90), degrees(cell(columns.longitude), 180)]
  if (latitude === undefined) return `the latitude “${shortened(cell(columns.latitude))}” is no number from -90 to 90`
  if (longitude === undefined) return `the longitude “${shortened(cell(columns.longitude))}” is no number from -180 to 180`
  return { country_code: country, code, place: columns.place === undefined ? '' : cell(columns.place).slice(0, 200), latitude, longitude }
}

function degrees(text: string, most: number): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most ? Number(text) : undefined
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
