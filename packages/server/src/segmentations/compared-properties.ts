import { type Project, type PropertyDefinition, standardFieldNamed } from '@kindred/model'
import { propertyDefinitions } from '../data/definitions.ts'
import { standardFieldRows } from '../data/standard-fields.ts'
import type { Parts } from '../parts.ts'

/** A property that groups are compared by: by the share of each value, or by its mean. */
export interface Candidate {
  name: string
  label: string
  type: 'values' | 'number'
}

/** Names and addresses tell people apart, not kinds of people. */
const tooPersonal = new Set(['email', 'phone', 'name', 'first_name', 'last_name', 'birth_date', 'latitude', 'longitude', 'postal_code'])
/** What another field says already: the region, the country, the browser and the system themselves. */
const saidTwice = new Set(['country_code', 'state', 'province', 'climate_season', 'time_zone', 'operating_system_version', 'browser_version', 'app_version'])
const tooFine = new Set(['$current_url', '$referrer', '$browser_version', '$os_version'])
const most = 60

/** The standard fields that the project has, and the properties that are no source of one; nothing sensitive, nothing hidden. */
export async function comparedProperties(parts: Pick<Parts, 'catalog' | 'clock' | 'store'>, project: Project): Promise<Candidate[]> {
  const fields = await standardFieldRows(parts, project, { known: false })
  const { results } = await propertyDefinitions(parts, project, { limit: 500, show: 'visible', of: 'person' })
  const standard = fields.filter(({ name, found, sensitive }) => found.length > 0 && !sensitive && isOfKinds(name))
  const sources = new Set(fields.flatMap(({ sources: names }) => names.map((name) => name.split('.')[0] ?? name)))
  const own = results.filter(({ name, sensitive }) => !sensitive && !sources.has(name) && !name.startsWith('$initial_') && !tooFine.has(name))
  return [...standard, ...own]
    .slice(0, most)
    .map((property) => ({ name: property.name, label: withoutSource(property.label), type: isNumber(property) ? 'number' : 'values' }))
}

/** Beside a value, where a property was read from says nothing. */
export const withoutSource = (label: string): string => label.replace(/ \(any source\)$/, '')

/** One of each place: without a source, which is the surest. */
function isOfKinds(name: string): boolean {
  const field = standardFieldNamed(name)
  if (field === undefined || tooPersonal.has(field.key) || saidTwice.has(field.key)) return false
  return !(field.reading?.as === 'place' && (field.reading.source !== null || ['latitude', 'longitude', 'postal_code'].includes(field.reading.part)))
}

function isNumber({ types }: Pick<PropertyDefinition, 'types'>): boolean {
  const all = Object.values(types).reduce((sum, count) => sum + count, 0)
  return (types.number ?? 0) > all / 2
}
