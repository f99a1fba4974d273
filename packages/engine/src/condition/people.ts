import { KindredError, type PeopleCondition } from '@kindred/model'
import { raw } from '../sql.ts'
import { listedMembers, memberSubject } from '../subject.ts'
import type { Plan } from './plan.ts'
import { planQuantifier, type Quantity, quantitySql, quantityWords } from './quantifier.ts'
import type { Reading } from './reading.ts'

export interface PeoplePlan extends Plan {
  readonly kind: 'people'
  readonly accountType: string | undefined
  readonly quantity: Quantity
  /** Asked of each of the account's people. */
  readonly where: Plan
}

/** How many of the people of an account meet a condition, in which only events that carry this account count. */
export const people: Reading<PeopleCondition, PeoplePlan> = {
  plan: (condition, { part, path, warn, subject: { unit, accountType } }) => {
    if (unit !== 'account') {
      throw new KindredError('segment/invalid', {
        path: `${path}.people`,
        reason: 'it is asked of accounts, and this is about people; `account` leads to theirs',
      })
    }
    return {
      kind: 'people',
      accountType,
      quantity: planQuantifier(condition.people, { path, warn, at: 'people' }),
      where: part(condition.where, 'where', memberSubject(accountType)),
    }
  },
  readsOnlyId: () => true,
  sql: (plan, { context, part, ids, subject }) => {
    const members = memberSubject(plan.accountType)
    const met = part(plan.where, members)
    const listed = ids(plan.where, members)
    return quantitySql(subject.id, plan.quantity, {
      rows: () => members.rows(context),
      // Whoever did something with an account is one of its people, so that the pairs that events tell of need no looking up among all there are.
      meeting: () => (listed === null ? members.rows(context, [met]) : listedMembers(context, listed)),
      owner: raw('m.account_id'),
      met,
    })
  },
  says: (condition, { negated, partOf, who }) => {
    const forWhich = 'share' in Object(condition.people) ? 'for which ' : ''
    const phrases = quantityWords(condition.people, {
      negated,
      any: `${who} have a person`,
      none: `${who} have no person`,
      all: `${who} have people, and only such`,
      notAll: `${who} do not have only people`,
      number: (many, not) => `${who} ${not ? 'do not have' : 'have'} ${many}`,
      others: ['person', 'people'],
    })
    return `${forWhich}${phrases} ${partOf('who', condition.where)}`
  },
}
