import type { SegmentDefinition } from '@kindred/model'
import { accountsThere, askedOf } from './accounts.ts'
import type { History, Question } from './history.ts'
import { meets } from './kinds.ts'
import { personEvents } from './person-events.ts'

/** The ids of all who meet a definition, in no order. */
export function naiveMembers({ unit, accountType, where }: SegmentDefinition, history: History, question: Question): number[] {
  const asked = { history, question, meets }
  if (unit === 'account') {
    return accountsThere(history)
      .filter((each) => (accountType === undefined || each.type === accountType) && meets(where, { ...askedOf(each, asked), accountType }))
      .map(({ id }) => id)
  }
  return history.people
    .filter((person) => !person.deleted && meets(where, { ...asked, subject: person, unit: 'person', events: personEvents(person.id, history, question) }))
    .map(({ id }) => id)
}
