import type { InCondition } from '@kindred/model'
import type { Account, Asked } from './history.ts'
import { personEvents } from './person-events.ts'

export function inSegment(condition: InCondition, asked: Asked): boolean {
  const { history, question, subject, unit } = asked
  const segment = question.segments.get(condition.in)
  if (unit === 'account') {
    if (segment === undefined) return (history.accountLists?.get(condition.in) ?? []).includes(subject.id)
    return (segment.accountType === undefined || segment.accountType === (subject as Account).type) && asked.meets(segment.where, asked)
  }
  // One of the people of an account is a member by all that they did.
  if (segment !== undefined) return asked.meets(segment.where, { ...asked, events: personEvents(subject.id, history, question) })
  return (history.lists.get(condition.in) ?? []).some((id) => (history.merges.get(id) ?? id) === subject.id)
}
