import { type Filter, KindredError, operatorOf, operatorProblem, type PropertyCondition, positiveOf, standardNameProblem } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { operatorSql } from '../operator/operator.ts'
import { personsWhere } from '../people.ts'
import { personProperty } from '../property.ts'
import { membersSql } from '../segment/members.ts'
import { planPeopleSegment } from '../segment/plan-definition.ts'
import { type Sql, sql } from '../sql.ts'

/** Filters apart: those on the event, which may be read from one of its items, and those on who did it. */
export interface SplitFilters {
  event: PropertyCondition[]
  person: Exclude<Filter, { of: 'event' }>[]
}

export function splitFilters(filters: readonly Filter[]): SplitFilters {
  const split: SplitFilters = { event: [], person: [] }
  for (const filter of filters) {
    if ('of' in filter && filter.of === 'event') split.event.push(withoutOwner(filter))
    else split.person.push(filter as SplitFilters['person'][number])
  }
  return split
}

/** A filter of an insight as the condition it holds. */
export function withoutOwner({ of: _, ...condition }: Extract<Filter, { of: string }>): PropertyCondition {
  return condition
}

/** UInt8: the person is one the filter keeps. A negative filter keeps people without the property, and people without a profile. */
export function personFilterSql(filter: SplitFilters['person'][number], person: Sql, context: CompileContext): Sql {
  if ('in' in filter) return sql`${person} in (${segmentPeopleSql(filter.in, context)})`
  if ('notIn' in filter) return sql`${person} not in (${segmentPeopleSql(filter.notIn, context)})`
  const { operator, negated } = positiveOf(operatorOf(withoutOwner(filter)))
  const met = operatorSql(personProperty(filter.property, context), operator, context)
  const keeps = sql`${person} in (select p.person_id ${personsWhere(context, [met])})`
  return negated ? sql`not ${keeps}` : keeps
}

/** The ids of a segment's members, to stand in `in (…)`. Errors: `segment/unit` for a segment of accounts. */
export function segmentPeopleSql(id: number, context: CompileContext): Sql {
  return membersSql(planPeopleSegment(id, context), context)
}

/** Refuses by name what no reading could answer. Errors: `insight/invalid`. */
export function checkFilters(filters: readonly Filter[], field: string): void {
  filters.forEach((filter, index) => {
    if (!('of' in filter)) return
    const problem = standardNameProblem(filter.property, filter.of) ?? operatorProblem(operatorOf(withoutOwner(filter)))
    if (problem !== null) throw new KindredError('insight/invalid', { field: `${field}.${index}`, reason: problem })
  })
}
