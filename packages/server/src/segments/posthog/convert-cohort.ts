import { type Condition, type EventChoice, type PropertyCondition, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import { behaviorCondition } from './cohort-behavior.ts'
import { cohortInvalid, cohortUnsupported } from './cohort-error.ts'
import { type Behavior, type CohortLeaf, type CohortTree, readCohort } from './cohort-tree.ts'
import { lengthText } from './cohort-window.ts'
import { type Conditions, conditionsOf, type DateOperator, type PosthogFilter, type RelativeDate, relativeDate } from './property-filter.ts'

export interface CohortConversion {
  definition: SegmentDefinition
  /** What reads otherwise here than there, so that it means the same; `path` is where it stands in what was given. */
  notes: { path: string; text: string }[]
}

/** What PostHog's numbers stand for here. */
export interface PosthogNames {
  timezone: string
  /** From the id of a cohort to the segment that holds its people. */
  cohorts: Readonly<Record<string, number>>
  /** From the id of an action to the events it is made of. */
  actions: Readonly<Record<string, EventChoice>>
}

/** A PostHog cohort as a definition that keeps the same people. Errors: `cohort/invalid`, `cohort/unsupported`, with the path in what was given. */
export function convertCohort(cohort: unknown, names: PosthogNames): CohortConversion {
  const converter = new Converter(names)
  const definition = segmentDefinitionSchema.safeParse({ where: converter.tree(readCohort(cohort)) })
  if (!definition.success)
    throw cohortUnsupported(definition.error.issues[0]?.path.join('.') ?? '', definition.error.issues[0]?.message ?? 'it has no like here')
  return { definition: definition.data, notes: converter.notes }
}

class Converter {
  readonly #names: PosthogNames
  readonly notes: CohortConversion['notes'] = []

  constructor(names: PosthogNames) {
    this.#names = names
  }

  tree(node: CohortTree): Condition {
    if ('leaf' in node) return this.#leaf(node.leaf, node.path)
    const parts = node.parts.map((part) => this.tree(part))
    const [only] = parts
    if (parts.length === 1 && only !== undefined) return only
    return node.type === 'AND' ? { all: parts } : { any: parts }
  }

  #leaf(leaf: CohortLeaf, path: string): Condition {
    const condition = this.#meant(leaf, path)
    return leaf.negation === true ? { not: condition } : condition
  }

  #meant(leaf: CohortLeaf, path: string): Condition {
    if (leaf.type === 'behavioral') return this.#behavior(leaf, path)
    if (leaf.type !== 'person') {
      const id = this.#names.cohorts[leaf.value]
      if (id === undefined) throw cohortUnsupported(`${path}.value`, `say in \`cohorts\` which segment holds the people of cohort ${leaf.value}`)
      return leaf.operator === 'not_in' ? { not: { in: id } } : { in: id }
    }
    const since = leaf.operator === 'is_date_after' ? relativeDate(String(leaf.value)) : null
    if (since !== null) return laterThan(leaf.key, lengthBack(since, 'after', path))
    const conditions = this.#filter(leaf, path)
    const [only] = conditions
    if (only === undefined) throw cohortInvalid(`${path}.value`, 'a value is missing')
    return conditions.length === 1 ? only : { all: conditions }
  }

  #behavior(leaf: Behavior, path: string): Condition {
    return behaviorCondition(leaf, {
      path,
      timezone: this.#names.timezone,
      note: (text) => void this.notes.push({ path, text }),
      eventOf: (key, type, at) => this.#event(key, type, at),
      filtersOf: ({ event_filters }, at) => (event_filters ?? []).flatMap((filter, index) => this.#eventFilter(filter, `${at}.${index}`)),
    })
  }

  #event(key: string | null, type: 'events' | 'actions', path: string): EventChoice {
    if (type === 'events') return key === null || key === '' ? { any: true } : key
    const events = key === null ? undefined : this.#names.actions[key]
    if (events === undefined) throw cohortUnsupported(path, `say in \`actions\` which events the action ${key ?? ''} is made of`)
    return events
  }

  #eventFilter(filter: PosthogFilter & { type?: string | null | undefined }, path: string): PropertyCondition[] {
    const type = filter.type ?? 'event'
    if (type !== 'event') throw cohortUnsupported(`${path}.type`, `filters of type ${type} on an event have no like here`)
    return this.#filter(filter, path)
  }

  #filter(filter: PosthogFilter, path: string): PropertyCondition[] {
    return conditionsOf(filter, { path, relativeDate: (operator, relative) => countedBack(operator, relative, path) })
  }
}

const units = { h: 'hour', d: 'day', w: 'week', q: 'week' } as const

/** A date against one that is counted back from now, which stays counted back. */
function countedBack(operator: DateOperator, relative: RelativeDate, path: string): Conditions {
  if (operator !== 'before') throw cohortUnsupported(`${path}.value`, `a date ${operator} one that is counted back has no like here`)
  return [{ moreThanAgo: lengthBack(relative, operator, path) }]
}

/** After a date that is counted back: any date, ahead of now too, that does not lie that long ago. */
function laterThan(property: string, length: string): Condition {
  return { all: [{ property, after: '1900-01-01' }, { not: { property, moreThanAgo: length } }] }
}

function lengthBack({ count, unit }: RelativeDate, operator: DateOperator, path: string): string {
  const name = units[unit as keyof typeof units]
  if (name === undefined) throw cohortUnsupported(`${path}.value`, `a date ${operator} one that is counted back in months or years has no like here`)
  return lengthText(count * (unit === 'q' ? 13 : 1), name).text
}
