export interface CountryShare {
  /** As it is written in the data: a code, or a name. */
  value: string
  share: number
}

export interface MappedShare {
  code: string
  name: string
  value: number
  /** The written value with the most members, which a click opens. */
  opens: string
}

/** Shares by country, largest first; several spellings of one country add up, and what is no country is left out. */
export function shareByCountry(
  rows: readonly CountryShare[],
  places: { countryOf: (value: string) => string | null; nameOf: (code: string) => string },
): MappedShare[] {
  const byCode = new Map<string, MappedShare>()
  for (const { value, share } of rows.toSorted((one, other) => other.share - one.share)) {
    const code = places.countryOf(value)
    if (code === null) continue
    const known = byCode.get(code)
    if (known === undefined) byCode.set(code, { code, name: places.nameOf(code), value: share, opens: value })
    else known.value += share
  }
  return [...byCode.values()].sort((one, other) => other.value - one.value)
}
