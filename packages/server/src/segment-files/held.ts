import { type SegmentFile, type SegmentUnit, segmentDefinitionSchema } from '@kindred/model'
import { stringify } from 'yaml'
import type { Parts } from '../parts.ts'
import { testsOfAll } from '../segments/tests/tests-of.ts'
import { markOf, type Stated, versionText } from './mark.ts'
import { withKeys } from './named.ts'

/** A segment as the catalog holds it now. */
export type Held = HeldRule | HeldList
interface HeldBase {
  id: number
  key: string
  name: string
  unit: SegmentUnit
  isArchived: boolean
}
export interface HeldRule extends HeldBase, Stated {
  kind: 'rule'
  version: number
  count: number | null
  mark: string
  policy: 'refuse' | 'warn'
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
    .select(['id', 'key', 'name', 'description', 'kind', 'unit', 'definition', 'version', 'count', 'applied', 'archived_at', 'test_policy'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .orderBy('key')
    .execute()
  const tests = await testsOfAll({ catalog }, projectId)
  const keys = new Map(rows.map(({ id, key }) => [id, key]))
  // Only a definition older than the rule that what is named cannot be deleted could name one: no key is like it, so it is told when it is read.
  const keyOf = (id: number) => keys.get(id) ?? `deleted segment ${id}`
  const byKey = new Map(
    rows.map(({ archived_at: archivedAt, test_policy: policy, ...row }): [string, Held] => {
      const { id, key, name, unit } = row
      const isArchived = archivedAt !== null
      if (row.kind === 'frozen') return [key, { kind: row.kind, id, key, name, unit, isArchived }]
      const stated = { name, description: row.description, definition: segmentDefinitionSchema.parse(JSON.parse(row.definition)), tests: tests.get(id) ?? [] }
      const { version, count, applied } = row
      return [key, { ...stated, kind: 'rule', id, key, unit, isArchived, version, count, applied, policy, mark: markOf(stated, keyOf) }]
    }),
  )
  const state = rows.map(({ applied: _, count: __, ...row }) => ({ ...row, tests: tests.get(row.id) }))
  return { byKey, keyOf, state: JSON.stringify(state) }
}

export const schemaName = 'segment.schema.json'

/** A project's rules as files, by key; those in the archive are none. */
export function filesOf({ byKey, keyOf }: HeldSegments): SegmentFile[] {
  return [...byKey.values()].flatMap((held) => (held.kind === 'rule' && !held.isArchived ? [fileOf(held, keyOf)] : []))
}

function fileOf({ id, key, name, description, version, mark, definition, tests }: HeldRule, keyOf: (id: number) => string): SegmentFile {
  const line = versionText(version, mark)
  const content = {
    key,
    name,
    ...(description !== '' && { description }),
    version: line,
    definition: withKeys(definition, keyOf),
    ...(tests.length > 0 && { tests }),
  }
  // No line is folded and nothing is shared by reference, so that a change of one condition is a change of its lines alone.
  const text = stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })
  return { id, key, version: line, path: `${key}.yaml`, text: `# yaml-language-server: $schema=./${schemaName}\n${text}` }
}
