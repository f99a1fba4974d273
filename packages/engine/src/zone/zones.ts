import { zoneNamesByArea } from './zone-names.ts'

let known: readonly string[] | undefined

/** Every time zone that a person may live in: the names of the IANA list that both readings know, older names too, as the list writes them. */
export function timeZones(): readonly string[] {
  known ??= Object.entries(zoneNamesByArea)
    .flatMap(([area, lines]) => lines.flatMap((line) => line.split(' ').map((name) => (area === '' ? name : `${area}/${name}`))))
    .filter(isReadable)
  return known
}

/** A calendar older than the list does not have its newest zones. */
function isReadable(timezone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}
