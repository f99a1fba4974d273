import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type CapturedEvent, continentOf, englishCountryName, type Properties } from '@kindred/model'
import { Reader } from 'maxmind'

/** Where an event came from, as `$geoip_…` properties; empty where the address is unknown or private, or the sender asked for none. */
export type Geo = (event: CapturedEvent) => Properties

/** Both shapes of databases: MaxMind nests and names in many languages, others keep flat fields with codes only. */
interface GeoRecord {
  country_code?: unknown
  city?: unknown
  state1?: unknown
  postcode?: unknown
  latitude?: unknown
  longitude?: unknown
  timezone?: unknown
  country?: { iso_code?: unknown; names?: Names }
  continent?: { names?: Names }
  subdivisions?: { iso_code?: unknown; names?: Names }[]
  postal?: { code?: unknown }
  location?: { latitude?: unknown; longitude?: unknown; time_zone?: unknown }
}
type Names = Record<string, unknown>

const bundled = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'
const known = new Map<string, string | undefined>()

/** Opens the database at `path`, or the one that comes along. Errors: it is missing or no such database. */
export function openGeo(path: string | null): Geo {
  const file = path ?? createRequire(import.meta.url).resolve(bundled)
  let reader: Reader<never>
  try {
    reader = new Reader<never>(readFileSync(file))
  } catch (error) {
    throw new Error(`The country database ${file} cannot be read: ${error instanceof Error ? error.message : error}. Correct KINDRED_GEOIP or leave it out.`, {
      cause: error,
    })
  }
  let broken = false
  return ({ ip, properties }) => {
    if (ip === undefined || properties.$geoip_disable === true || broken) return {}
    try {
      const record: GeoRecord | null = reader.get(ip)
      return record === null ? {} : propertiesOf(record)
    } catch (error) {
      // A database that opens may still be broken inside; one report is enough.
      broken = true
      console.error(`the country database ${file} is broken, so events stay without a country`, error)
      return {}
    }
  }
}

function propertiesOf(record: GeoRecord): Properties {
  const code = text(record.country?.iso_code ?? record.country_code)?.toUpperCase()
  const region = record.subdivisions?.[0]
  const city = typeof record.city === 'object' && record.city !== null ? (record.city as { names?: Names }).names?.en : record.city
  const found: Record<string, string | number | undefined> = {
    $geoip_country_code: code,
    $geoip_country_name: code === undefined ? undefined : nameOfCountry(code),
    $geoip_continent_name: text(record.continent?.names?.en) ?? (code === undefined ? undefined : continentOf(code)),
    $geoip_subdivision_1_code: text(region?.iso_code),
    $geoip_subdivision_1_name: text(region?.names?.en ?? record.state1),
    $geoip_city_name: text(city),
    $geoip_postal_code: text(record.postal?.code ?? record.postcode),
    $geoip_latitude: number(record.location?.latitude ?? record.latitude),
    $geoip_longitude: number(record.location?.longitude ?? record.longitude),
    $geoip_time_zone: text(record.location?.time_zone ?? record.timezone),
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
