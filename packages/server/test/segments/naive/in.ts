import type { InCondition } from '@kindred/model'
import type { Account, Asked } from './history.ts'
import { personEvents } from './person-events.ts'
import { length } from './within.ts'

export function inSegment(condition: InCondition, asked: Asked): boolean {
  const { history, subject, unit } = asked
  if (condition.joinedWithin !== undefined) return joined(condition, condition.joinedWithin, asked)
  const chosen = (history.choices ?? []).filter(({ segment, unit: of, member }) => {
    const today = of === 'person' ? (history.merges.get(member) ?? member) : member
    return segment === condition.in && of === unit && today === subject.id
  })
  const last = chosen.at(-1)?.choice ?? 'taken back'
  return last === 'taken back' ? byRule(condition, asked) : last === 'include'
}

function byRule(condition: InCondition, asked: Asked): boolean {
  const { history, question, subject, unit } = asked
  const segment = question.segments.get(condition.in)
  if (unit === 'account') {
    if (segment === undefined) return (history.accountLists?.get(condition.in) ?? []).includes(subject.id)
    const { accountType } = segment
    return (accountType === undefined || accountType === (subject as Account).type) && asked.meets(segment.where, { ...asked, accountType })
  }
  // One of the people of an account is a member by all that they did.
  if (segment !== undefined) return asked.meets(segment.where, { ...asked, memberOf: undefined, events: personEvents(subject.id, history, question) })
  return (history.lists.get(condition.in) ?? []).some((id) => (history.merges.get(id) ?? id) === subject.id)
}

/** Recorded as a member under any of the ids that are theirs today, and the earliest of those moments lies within. */
function joined(condition: InCondition, within: string, { history, question, subject, unit }: Asked): boolean {
  const last = new Map<number, { entered: boolean; since: number }>()
  for (const { segment, person, unit: of = 'person', entered, at, since = at, position } of history.record ?? []) {
    if (of === unit && segment === condition.in && at <= question.now && position <= question.watermark) last.set(person, { entered, since })
  }
  const own = [...last].filter(([person, { entered }]) => entered && (unit === 'account' ? person : (history.merges.get(person) ?? person)) === subject.id)
  return own.length > 0 && Math.min(...own.map(([, { since }]) => since)) > question.now - length(within)
}
