import { zoneNamesByArea } from './zone-names.ts'

let known: readonly (readonly string[])[] | undefined

/**
 * Every time zone that a person may live in: the names of the IANA list that both readings know, as the list writes them. Names of one and the same zone, old ones
 * and new ones, are together.
 */
export function timeZones(): readonly (readonly string[])[] {
  known ??= [...namesByZone().values()]
  return known
}

/** Every name, each alone. */
export function timeZoneNames(): readonly string[] {
  return timeZones().flat()
}

function namesByZone(): Map<string, string[]> {
  const names = Object.entries(zoneNamesByArea).flatMap(([area, lines]) =>
    lines.flatMap((line) => line.split(' ').map((name) => (area === '' ? name : `${area}/${name}`))),
  )
  const byZone = new Map<string, string[]>()
  for (const name of names) {
    const zone = zoneOf(name)
    if (zone !== null) byZone.set(zone, [...(byZone.get(zone) ?? []), name])
  }
  return byZone
}

/** The name of today of the zone; null where this calendar is older than the list and does not have it. */
function zoneOf(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}
