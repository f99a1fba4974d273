/**
 * Standard fields: what people are asked about under one name, however the senders call it. A standard field is asked for as
 * `standard.country`; a raw property keeps its own name, so a property that happens to be called `country` never changes its meaning.
 */
export type FieldKind = 'contact' | 'demographic' | 'geographic' | 'psychographic' | 'technographic' | 'needs' | 'value' | 'persona' | 'firmographic'
export type FieldType = 'text' | 'number' | 'date' | 'list'

/** Where a location is known from, the surest first. */
export const locationSources = ['declared', 'shipping', 'billing', 'device', 'ip'] as const
export type LocationSource = (typeof locationSources)[number]
export const placeParts = ['country', 'region', 'state', 'province', 'county', 'city', 'postal_code', 'continent', 'latitude', 'longitude'] as const
export type PlacePart = (typeof placeParts)[number]

/** How the texts found are put into one form; left out: as they are, without spaces around them. */
export type FieldReading =
  | { as: 'email' | 'gender' | 'language' | 'name' | 'birth-date' | 'age' | 'age-group' | 'climate-season' | 'country-code' | 'country' | 'domain' }
  | { as: 'place'; part: PlacePart; source: LocationSource | null }

export interface StandardField {
  /** Without the prefix: `country`. */
  readonly key: string
  readonly of: 'person' | 'account'
  /** Short, for lists under a heading of their own: "Country". */
  readonly label: string
  readonly kind: FieldKind
  readonly type: FieldType
  /** Names of raw properties, the surest first; the first that has a value is taken. A dot leads into an object: `address.city`. */
  readonly sources: readonly string[]
  readonly reading?: FieldReading
  /** A special category of personal data: masked unless somebody asks for it on purpose. */
  readonly sensitive?: true
}

export const standardPrefix = 'standard.'

/** The name a standard field is asked for by. */
export function standardName({ key }: Pick<StandardField, 'key'>): string {
  return `${standardPrefix}${key}`
}
