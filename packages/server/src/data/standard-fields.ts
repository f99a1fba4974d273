import { join, personProperty, personsWhere, render, sql } from '@kindred/engine'
import { type Project, type PropertyDefinition, type StandardField, type StandardFieldRow, standardFields, standardLabel, standardName } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { personNamesOf } from '../projects/question-context.ts'
import { propertyDefinitions } from './definitions.ts'
import { sensitivityOf } from './sensitive.ts'

type FieldParts = Pick<Parts, 'catalog' | 'store' | 'clock'>

/**
 * Every standard field of people with the names it is read from, and which of them the project has. `known`: also how many people have it, which reads
 * every person once.
 */
export async function standardFieldRows(parts: FieldParts, project: Project, { known }: { known: boolean }): Promise<StandardFieldRow[]> {
  const { results } = await propertyDefinitions(parts, project, { limit: 5000, show: 'all', of: 'person' })
  const definitions = new Map(results.map((each) => [each.name, each]))
  const sensitivity = await sensitivityOf(parts, project.id)
  const rows = standardFields.filter(({ of }) => of === 'person').map((field) => rowOf(field, definitions, sensitivity.person))
  if (!known) return rows
  const present = rows.filter(({ found }) => found.length > 0)
  const counts = await knownBy(parts, project, present)
  return rows.map((row) => ({ ...row, known: counts.get(row.name) ?? 0 }))
}

function rowOf(field: StandardField, definitions: ReadonlyMap<string, PropertyDefinition>, isSensitive: (name: string) => boolean): StandardFieldRow {
  const name = standardName(field)
  const found = field.sources.filter((source) => definitions.has(topOf(source)))
  const sources = [...new Set(found.map(topOf))].flatMap((source) => definitions.get(source) ?? [])
  const count = Math.max(0, ...sources.map((source) => source.count))
  return {
    of: 'person',
    name,
    label: standardLabel(field),
    types: { [field.type]: count },
    samples: [],
    count,
    firstSeenAt: Math.min(...sources.map((source) => source.firstSeenAt), Number.MAX_SAFE_INTEGER),
    lastSeenAt: Math.max(...sources.map((source) => source.lastSeenAt), 0),
    description: '',
    hidden: false,
    verified: true,
    sensitive: isSensitive(name),
    kind: field.kind,
    sources: [...field.sources],
    found,
    known: null,
  }
}

/** A source inside an object is known by the object's name. */
function topOf(source: string): string {
  return source.split('.')[0] ?? source
}

async function knownBy(parts: FieldParts, project: Project, fields: readonly StandardFieldRow[]): Promise<Map<string, number>> {
  if (fields.length === 0) return new Map()
  const at = { now: parts.clock(), timezone: project.timezone, personNames: await personNamesOf(parts, project.id) }
  const counts = fields.map(({ name }) => sql`countIf(ifNull(${personProperty(name, at).exists}, 0))`)
  const [row] = await parts.store.query<{ counts: string[] }>(render(sql`select [${join(counts, ', ')}] as counts ${personsWhere({ projectId: project.id })}`))
  return new Map(fields.map(({ name }, index) => [name, Number(row?.counts[index] ?? 0)]))
}
