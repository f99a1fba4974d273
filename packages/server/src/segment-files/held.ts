import { type SegmentDefinition, type SegmentFile, type SegmentUnit, segmentDefinitionSchema } from '@kindred/model'
import { stringify } from 'yaml'
import type { Parts } from '../parts.ts'
import { markOf, type Stated, versionText } from './mark.ts'
import { withKeys } from './named.ts'

/** A segment as the catalog holds it now. */
export type Held = HeldRule | HeldList
interface HeldBase {
  id: number
  key: string
  name: string
  unit: SegmentUnit
}
export interface HeldRule extends HeldBase, Stated {
  kind: 'rule'
  version: number
  count: number | null
  mark: string
  /** The mark of what files last made of it; '' where none did. */
  applied: string
}
interface HeldList extends HeldBase {
  kind: 'frozen'
}

/** Everything of a project that files can name. */
export interface HeldSegments {
  byKey: ReadonlyMap<string, Held>
  keyOf: (id: number) => string
  /** All that files could overwrite, as one text: whether anything was saved since is whether it differs. */
  state: string
}

export async function heldSegments(catalog: Parts['catalog'], projectId: number): Promise<HeldSegments> {
  const rows = await catalog
    .selectFrom('segments')
    .select(['id', 'key', 'name', 'description', 'kind', 'unit', 'definition', 'version', 'count', 'applied'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .orderBy('key')
    .execute()
  const keys = new Map(rows.map(({ id, key }) => [id, key]))
  // Only a definition older than the rule that what is named cannot be deleted could name one: no key is like it, so it is told when it is read.
  const keyOf = (id: number) => keys.get(id) ?? `deleted segment ${id}`
  const byKey = new Map(
    rows.map(({ applied, count, kind, ...row }): [string, Held] => {
      if (kind === 'frozen') return [row.key, { kind, id: row.id, key: row.key, name: row.name, unit: row.unit }]
      const definition: SegmentDefinition = segmentDefinitionSchema.parse(JSON.parse(row.definition))
      return [row.key, { ...row, kind, applied, count, definition, mark: markOf({ ...row, definition }, keyOf) }]
    }),
  )
  return { byKey, keyOf, state: JSON.stringify(rows.map(({ applied: _, count: __, ...row }) => row)) }
}

export const schemaName = 'segment.schema.json'

/** A project's rules as files, by key. */
export function filesOf({ byKey, keyOf }: HeldSegments): SegmentFile[] {
  return [...byKey.values()].flatMap((held) => (held.kind === 'rule' ? [fileOf(held, keyOf)] : []))
}

function fileOf({ id, key, name, description, version, mark, definition }: HeldRule, keyOf: (id: number) => string): SegmentFile {
  const line = versionText(version, mark)
  const content = { key, name, ...(description !== '' && { description }), version: line, definition: withKeys(definition, keyOf) }
  // No line is folded and nothing is shared by reference, so that a change of one condition is a change of its lines alone.
  const text = stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })
  return { id, key, version: line, path: `${key}.yaml`, text: `# yaml-language-server: $schema=./${schemaName}\n${text}` }
}
