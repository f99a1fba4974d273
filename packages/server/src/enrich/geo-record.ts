import { continentOf, englishCountryName, type Properties } from '@kindred/model'

/** Both shapes of databases: MaxMind nests and names in many languages, others keep flat fields with codes only. */
export interface GeoRecord {
  country_code?: unknown
  city?: unknown
  state1?: unknown
  postcode?: unknown
  latitude?: unknown
  longitude?: unknown
  timezone?: unknown
  country?: { iso_code?: unknown; names?: Names }
  continent?: { code?: unknown; names?: Names }
  subdivisions?: { iso_code?: unknown; names?: Names }[]
  postal?: { code?: unknown }
  location?: { latitude?: unknown; longitude?: unknown; time_zone?: unknown; accuracy_radius?: unknown }
}
type Names = Record<string, unknown>

const known = new Map<string, string | undefined>()

/** `$geoip_…` of a database's record; what it does not say is left out. */
export function propertiesOfRecord(record: GeoRecord): Properties {
  const code = text(record.country?.iso_code ?? record.country_code)?.toUpperCase()
  const [region, district] = record.subdivisions ?? []
  const { location = {}, continent } = record
  const city = typeof record.city === 'object' && record.city !== null ? (record.city as { names?: Names }).names?.en : record.city
  const found: Record<string, string | number | undefined> = {
    $geoip_country_code: code,
    $geoip_country_name: code === undefined ? undefined : nameOfCountry(code),
    $geoip_continent_code: text(continent?.code),
    $geoip_continent_name: text(continent?.names?.en) ?? (code === undefined ? undefined : continentOf(code)),
    $geoip_subdivision_1_code: text(region?.iso_code),
    $geoip_subdivision_1_name: text(region?.names?.en ?? record.state1),
    $geoip_subdivision_2_code: text(district?.iso_code),
    $geoip_subdivision_2_name: text(district?.names?.en),
    $geoip_city_name: text(city),
    $geoip_postal_code: text(record.postal?.code ?? record.postcode),
    $geoip_latitude: number(location.latitude ?? record.latitude),
    $geoip_longitude: number(location.longitude ?? record.longitude),
    $geoip_accuracy_radius: number(location.accuracy_radius),
    $geoip_time_zone: text(location.time_zone ?? record.timezone),
  }
  const properties: Properties = {}
  for (const [key, value] of Object.entries(found)) if (value !== undefined) properties[key] = value
  return properties
}

/** The English name of a two-letter code, the same whatever the database calls it. Asking for one is slow, so answers are kept. */
function nameOfCountry(code: string): string | undefined {
  if (!known.has(code)) known.set(code, englishCountryName(code))
  return known.get(code)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}
