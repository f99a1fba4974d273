import { type CompileContext, type PlannedTrait, planTrait, propertiesRead, type Subject } from '@kindred/engine'
import { builtInTraits, KindredError, labelInSentence, type Project, type TraitInfo, traitNeeds } from '@kindred/model'
import { sensitivityOf } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'
import { allTraits } from '../traits/list-traits.ts'

/** A trait that groups are compared by. */
export interface ComparedTrait {
  name: string
  label: string
  builtIn: boolean
  plan: PlannedTrait['trait']
}

/**
 * What another built-in trait says too, so that the list is not filled with one fact in several forms: a day and the days since then; and what is spent in a
 * quarter and in a year, which is what is spent in a month but for the calendar. Others are near to each other and yet not the same: whoever came back last
 * year is returning, and lapsed.
 */
const saidTwice = new Set(['last_order_date', 'average_spend_per_quarter', 'average_spend_per_year'])
const most = 60

/**
 * The traits of those who are compared: the built-in ones, then the project's own by name. Left out is what has no values here, what cannot be planned, what
 * is of accounts of another type, and what is computed from anything sensitive. `beyond`: those that are too many.
 */
export async function comparedTraits(
  parts: Pick<Parts, 'catalog'>,
  { id }: Pick<Project, 'id'>,
  { context, subject }: { context: CompileContext; subject: Subject },
): Promise<{ traits: ComparedTrait[]; beyond: ComparedTrait[] }> {
  const sensitivity = await sensitivityOf(parts, id)
  const all = allTraits(context)
  const own = [...all.values()].filter(({ name }) => !builtInTraits.has(name)).toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const infos = [...[...builtInTraits.values()].filter(({ name }) => !saidTwice.has(name)), ...own]
  const traits = infos
    .filter((info) => isOf(info, subject) && traitNeeds(info.definition, { roles: context.roles, traits: all }).length === 0)
    .filter(({ definition }) => !propertiesRead(definition, context).some(({ of, name }) => sensitivity[of](name)))
    .flatMap((info) => compared(info, { context, subject }))
  return { traits: traits.slice(0, most), beyond: traits.slice(most) }
}

function isOf({ definition: { unit, accountType } }: TraitInfo, { unit: compared, accountType: type }: Subject): boolean {
  return unit === compared && (accountType === undefined || accountType === type)
}

/** Planned for the very accounts that are compared. One that cannot be read, such as one that names a segment that was deleted, is none: whoever asks for it is told. */
function compared({ name, label, definition }: TraitInfo, { context, subject }: { context: CompileContext; subject: Subject }): ComparedTrait[] {
  try {
    const { trait } = planTrait({ ...definition, accountType: subject.accountType }, context, { name, label })
    if (trait.value.is === 'nothing') return []
    return [{ name, label: trait.type === 'date' ? `Days since ${labelInSentence(label)}` : label, builtIn: builtInTraits.has(name), plan: trait }]
  } catch (error) {
    if (error instanceof KindredError) return []
    throw error
  }
}
