import type { AccountCondition, PeopleCondition, Quantifier } from '@kindred/model'
import { compares } from './compares.ts'
import type { Account, Asked, History, Person } from './history.ts'
import { personEvents } from './person-events.ts'

export function people(condition: PeopleCondition, asked: Asked): boolean {
  const { history, question } = asked
  const account = asked.subject as Account
  const met = peopleOf(account, history).map((person) => {
    const events = personEvents(person.id, history, question).filter(({ groups }) => groups?.[account.type] === account.key)
    return asked.meets(condition.where, { ...asked, subject: person, unit: 'person', memberOf: account, events })
  })
  return quantified(condition.people, met)
}

export function account(condition: AccountCondition, asked: Asked): boolean {
  const { history, subject } = asked
  const accounts = accountsThere(history).filter(
    (each) => (condition.type === undefined || each.type === condition.type) && peopleOf(each, history).some(({ id }) => id === subject.id),
  )
  return quantified(
    condition.account,
    accounts.map((each) => asked.meets(condition.where, { ...askedOf(each, asked), accountType: condition.type })),
  )
}

export function accountsThere({ accounts = [] }: History): Account[] {
  return accounts.filter(({ deleted }) => deleted !== true)
}

/** An account asked by itself: the events that count are all that carry it. */
export function askedOf(account: Account, asked: Pick<Asked, 'history' | 'question' | 'meets'>): Asked {
  const { history, question } = asked
  const events = history.events
    .filter(({ groups, position }) => groups?.[account.type] === account.key && position <= question.watermark)
    .sort((one, other) => one.timestamp - other.timestamp || one.position - other.position)
  return { ...asked, subject: account, unit: 'account', memberOf: undefined, events }
}

/** Who was seen with an account and is there. */
export function peopleOf(account: Account, { people: everyone, events, merges }: History): Person[] {
  const seen = events.filter(({ groups }) => groups?.[account.type] === account.key).map(({ personId }) => personId)
  const ids = new Set([...seen, ...(account.people ?? [])].map((id) => merges.get(id) ?? id))
  return everyone.filter(({ id, deleted }) => ids.has(id) && !deleted)
}

function quantified(quantifier: Quantifier, met: readonly boolean[]): boolean {
  const number = met.filter(Boolean).length
  if (quantifier === 'any') return number > 0
  if (quantifier === 'none') return number === 0
  if (quantifier === 'all') return met.length > 0 && number === met.length
  if (!('share' in quantifier)) return compares(number, quantifier)
  // No comparison is true of a share of nobody, and so its opposite is.
  return compares(met.length === 0 ? Number.NaN : (100 * number) / met.length, quantifier.share)
}
