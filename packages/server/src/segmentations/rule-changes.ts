import { type SegmentationSave, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { namedSegments, segmentsOf } from '../segments/users.ts'

interface Rule {
  name: string
  /** When the version that is in force was made. */
  changedAt: number
  definition: SegmentDefinition | null
}

/** Tells the segments of a segmentation whose rules have changed since a moment, by name; a rule changes with those of the segments that it names. */
export interface RuleChanges {
  since(save: SegmentationSave, at: number): string[]
}

export async function ruleChanges({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<RuleChanges> {
  const rows = await catalog
    .selectFrom('segments as s')
    .leftJoin('segment_versions as v', (join) => join.onRef('v.segment_id', '=', 's.id').onRef('v.version', '=', 's.version'))
    .where('s.project_id', '=', projectId)
    .select(['s.id', 's.name', 's.kind', 's.definition', 'v.created_at as changedAt'])
    .execute()
  const rules = new Map(
    rows.map(({ id, name, kind, definition, changedAt }): [number, Rule] => [
      id,
      { name, changedAt: changedAt ?? 0, definition: kind === 'frozen' ? null : segmentDefinitionSchema.parse(JSON.parse(definition)) },
    ]),
  )
  return {
    since: (save, at) => [
      ...new Set(
        segmentsOf(save)
          .filter((id) => reached(id, rules).some(({ changedAt }) => changedAt > at))
          .flatMap((id) => rules.get(id)?.name ?? []),
      ),
    ],
  }
}

/** A rule and those it leads to. */
function reached(start: number, rules: ReadonlyMap<number, Rule>): Rule[] {
  const found = new Map<number, Rule>()
  const reach = (id: number): void => {
    const rule = rules.get(id)
    if (rule === undefined || found.has(id)) return
    found.set(id, rule)
    if (rule.definition !== null) namedSegments(rule.definition.where).forEach(reach)
  }
  reach(start)
  return [...found.values()]
}
