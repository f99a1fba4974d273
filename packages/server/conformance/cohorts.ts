import type { Comparison, Condition, DidCondition } from '@kindred/model'
import { type CohortNode, NotSupported } from './case.ts'
import { conditionsOf, type FilterContext } from './operators.ts'

/** A PostHog cohort as a condition of ours. PostHog leaves out people without any event where ours would count zero. */
export function cohortCondition(node: CohortNode, context: FilterContext): Condition {
  if (node.type === 'AND' || node.type === 'OR') {
    const parts = (node.values ?? []).map((part) => cohortCondition(part, context))
    if (parts.length === 0) throw new NotSupported('empty groups')
    return node.type === 'AND' ? { all: parts } : { any: parts }
  }
  const condition = leaf(node, context)
  return node.negation === true ? { not: condition } : condition
}

function leaf(node: CohortNode, context: FilterContext): Condition {
  switch (node.type) {
    case 'person':
      return { all: conditionsOf({ ...node, operator: node.operator ?? 'exact' }, context) }
    case 'cohort':
      return { in: context.segmentOf(Number(node.value)) }
    case 'behavioral':
      return did(node, context)
    default:
      throw new NotSupported(`cohort conditions of type ${node.type}`)
  }
}

function did(node: CohortNode, context: FilterContext): DidCondition {
  const { kind, event, within, event_filters } = node
  if (kind !== 'performed_event' && kind !== 'performed_event_multiple') throw new NotSupported(`cohort conditions of kind ${kind}`)
  if (within === undefined) throw new NotSupported('cohort conditions without a window')
  const where = (event_filters ?? []).flatMap((filter) => conditionsOf(filter, context))
  const last = length(within)
  const once = kind === 'performed_event'
  if (once && !/(day|week)s?$/.test(last)) throw new NotSupported('windows that begin at a full hour')
  return {
    did: event === null || event === undefined ? { any: true } : event,
    ...(where.length > 0 ? { where } : {}),
    ...(once ? {} : { count: comparison(node) }),
    within: once ? { last, wholeDays: true } : { last },
  }
}

function length({ value, unit }: { value: number; unit: string }): string {
  if (!['minute', 'hour', 'day', 'week'].includes(unit)) throw new NotSupported(`windows in units of ${unit}`)
  return `${value} ${unit}${value === 1 ? '' : 's'}`
}

function comparison({ operator = 'gte', count = 1 }: CohortNode): Comparison {
  switch (operator) {
    case 'gte':
      return { atLeast: count }
    case 'gt':
      return { moreThan: count }
    case 'lte':
      return { between: [1, count] }
    case 'lt':
      return { between: [1, count - 1] }
    case 'eq':
    case 'exact':
      return { equals: count }
    default:
      throw new NotSupported(`the count operator ${operator}`)
  }
}
