import { type EventChoice, operatorOf, type PropertyCondition } from '@kindred/model'
import type { CompileContext } from './context.ts'
import { operatorSql } from './operator/operator.ts'
import { dynamicProperty, eventHas, eventProperty, itemField } from './property.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

/** The names of the events meant; null for any event. A role that the project gave to no event names none. */
export function eventNames(choice: EventChoice, { roles }: Pick<CompileContext, 'roles'>): readonly string[] | null {
  if (typeof choice === 'string') return [choice]
  if ('role' in choice) return roles.events[choice.role] ?? []
  return 'anyOf' in choice ? choice.anyOf : null
}

/** UInt8: the event `e` is of the kind meant. */
export function eventMatchSql(choice: EventChoice, context: Pick<CompileContext, 'roles'>): Sql {
  const names = eventNames(choice, context)
  if (names === null) return raw('1')
  const [only] = names
  if (only === undefined) return raw('0')
  return names.length === 1 ? sql`e.event = ${bind('String', only)}` : sql`e.event in ${bind('Array(String)', names)}`
}

/**
 * UInt8, never NULL: the event `e` meets all the filters.
 *
 * Where the project names a list of items, a key is read from the event where the event itself carries it, and otherwise from an
 * item: the filters hold when *one* item meets all of those that are read from items. An event without items is read alone.
 */
export function eventFilterSql(filters: readonly PropertyCondition[], context: CompileContext): Sql {
  const items = context.roles.properties.items
  const ofEvent = filters.map((filter) => operatorSql(eventProperty(filter.property), operatorOf(filter), context))
  if (items === undefined || filters.length === 0) return join(ofEvent, ' and ', '1')
  const own = (index: number) => filters[index]?.property === items
  const plain = ofEvent.filter((_, index) => own(index))
  const itemised = filters.flatMap((filter, index) => (own(index) ? [] : [{ filter, ofEvent: ofEvent[index] ?? raw('1') }]))
  if (itemised.length === 0) return join(plain, ' and ', '1')
  const name = (index: number) => raw(`item_${index}`)
  const fields = itemised.map(({ filter }) => itemField(items, filter.property))
  const onOneItem = itemised.map(({ filter, ofEvent: alone }, index) => {
    const ofItem = operatorSql(dynamicProperty(name(index)), operatorOf(filter), context)
    return sql`if(${eventHas(filter.property)}, ${alone}, ${ofItem})`
  })
  const names = join(
    itemised.map((_, index) => name(index)),
    ', ',
  )
  const alone = join(
    itemised.map((each) => each.ofEvent),
    ' and ',
  )
  const some = sql`if(empty(${fields[0] ?? raw('[]')}), ${alone}, arrayExists((${names}) -> ${join(onOneItem, ' and ')}, ${join(fields, ', ')}))`
  return join([...plain, some], ' and ')
}
