import {
  type Filter,
  KindredError,
  type OwnSessionFilter,
  operatorOf,
  operatorProblem,
  type PersonTraitFilter,
  type PropertyCondition,
  type PropertyFilter,
  positiveOf,
  type SessionFilter,
  standardNameProblem,
  type TraitCondition,
} from '@kindred/model'
import { compiling } from '../condition/kinds.ts'
import { type TraitConditionPlan, traitMetSql } from '../condition/trait.ts'
import type { CompileContext } from '../context.ts'
import { operatorSql } from '../operator/operator.ts'
import { personsWhere } from '../people.ts'
import { personProperty } from '../property.ts'
import { membersSql } from '../segment/members.ts'
import { planPeopleSegment, planPeopleTrait } from '../segment/plan-definition.ts'
import { type Sql, sql } from '../sql.ts'
import { personSubject } from '../subject.ts'

/** What is asked of who did it. */
type PersonFilter = Exclude<Filter, PropertyFilter | SessionFilter> | OfPerson
type OfPerson = { of: 'person' } & PropertyCondition

/** Filters apart: those on the event, which may be read from one of its items, those on its session, and those on who did it. */
export interface SplitFilters {
  event: PropertyCondition[]
  session: OwnSessionFilter[]
  person: PersonFilter[]
}

export function splitFilters(filters: readonly Filter[]): SplitFilters {
  const split: SplitFilters = { event: [], session: [], person: [] }
  for (const filter of filters) {
    if ('of' in filter && filter.of === 'event') split.event.push(withoutOwner(filter))
    else if ('of' in filter && filter.of === 'session') split.session.push(withoutOwner(filter))
    else split.person.push(filter as PersonFilter)
  }
  return split
}

/** A filter of an insight as the condition it holds. */
export function withoutOwner(filter: PropertyFilter): PropertyCondition
export function withoutOwner(filter: PersonTraitFilter): TraitCondition
export function withoutOwner(filter: SessionFilter): OwnSessionFilter
export function withoutOwner(filter: PropertyFilter | PersonTraitFilter): PropertyCondition | TraitCondition
export function withoutOwner({
  of: _,
  ...condition
}: PropertyFilter | PersonTraitFilter | SessionFilter): PropertyCondition | TraitCondition | OwnSessionFilter {
  return condition
}

/** UInt8: the person is one the filter keeps. A negative filter keeps people without the property, and people without a profile. */
export function personFilterSql(filter: PersonFilter, person: Sql, context: CompileContext): Sql {
  if ('in' in filter) return sql`${person} in (${segmentPeopleSql(filter.in, context)})`
  if ('notIn' in filter) return sql`${person} not in (${segmentPeopleSql(filter.notIn, context)})`
  if (filter.of === 'trait') return traitFilterSql(filter, person, context)
  const { operator, negated } = positiveOf(operatorOf(withoutOwner(filter)))
  const met = operatorSql(personProperty(filter.property, context), operator, context)
  const keeps = sql`${person} in (select p.person_id ${personsWhere(context, [met])})`
  return negated ? sql`not ${keeps}` : keeps
}

function traitFilterSql(filter: PersonTraitFilter, person: Sql, context: CompileContext): Sql {
  const plan = planTraitFilter(filter, context, 'filter')
  const asked = compiling({ context, subject: personSubject })
  if ('rank' in plan.asks) return traitMetSql(plan, person, asked)
  const { operator, negated } = positiveOf(plan.asks.operator)
  const keeps = traitMetSql({ ...plan, asks: { operator } }, person, asked)
  return negated ? sql`not ${keeps}` : keeps
}

/** Errors: `trait/not-found`; `insight/invalid` for a trait of accounts, and for what its values cannot be asked. */
function planTraitFilter(filter: PersonTraitFilter, context: CompileContext, field: string): TraitConditionPlan {
  try {
    return planPeopleTrait(withoutOwner(filter), context, field)
  } catch (error) {
    if (!(error instanceof KindredError) || error.code !== 'segment/invalid') throw error
    throw new KindredError('insight/invalid', { field: String(error.details.path), reason: String(error.details.reason) }, { cause: error })
  }
}

/** The ids of a segment's members, to stand in `in (…)`. Errors: `segment/unit` for a segment of accounts. */
export function segmentPeopleSql(id: number, context: CompileContext): Sql {
  return membersSql(planPeopleSegment(id, context), context)
}

/** Refuses by name what no reading could answer. Errors: `insight/invalid`, `trait/not-found`. */
export function checkFilters(filters: readonly Filter[], field: string, context: CompileContext): void {
  filters.forEach((filter, index) => {
    if (!('of' in filter)) return
    if (filter.of === 'trait') {
      planTraitFilter(filter, context, `${field}.${index}`)
      return
    }
    const misnamed = filter.of === 'session' ? null : standardNameProblem(filter.property, filter.of)
    const problem = misnamed ?? operatorProblem(operatorOf(filter))
    if (problem !== null) throw new KindredError('insight/invalid', { field: `${field}.${index}`, reason: problem })
  })
}
