import type { JsonValue, Properties } from '@kindred/model'

const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)

export function emailOf(properties: Properties): string | null {
  return text(properties.email) ?? text(properties.$email) ?? null
}

/** The best name known of a person: a name, an e-mail address, else the id that says most. */
export function personLabel(properties: Properties, distinctIds: readonly string[]): string {
  const whole = [text(properties.first_name) ?? text(properties.firstName), text(properties.last_name) ?? text(properties.lastName)].filter(Boolean).join(' ')
  const name = text(properties.name) ?? (whole === '' ? undefined : whole)
  return name ?? emailOf(properties) ?? givenId(distinctIds) ?? 'Unknown'
}

const generated = /^[0-9a-f]{8}-[0-9a-f]{4}-/i

/** An id that somebody chose says more than one that a browser made. */
function givenId(distinctIds: readonly string[]): string | undefined {
  return distinctIds.find((id) => !generated.test(id)) ?? distinctIds[0]
}
