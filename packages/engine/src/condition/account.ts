import { type AccountCondition, KindredError } from '@kindred/model'
import { raw, type Sql, sql } from '../sql.ts'
import { accountPairs, accountSubject } from '../subject.ts'
import type { Plan } from './plan.ts'
import { planQuantifier, type Quantity, quantitySql, quantityWords } from './quantifier.ts'
import type { Reading } from './reading.ts'

export interface AccountPlan extends Plan {
  readonly kind: 'account'
  readonly accountType: string | undefined
  readonly quantity: Quantity
  /** Asked of each of the person's accounts. */
  readonly where: Plan
}

/** How many of somebody's accounts meet a condition. In it a property is the account's, and an event any that carries the account. */
export const account: Reading<AccountCondition, AccountPlan> = {
  plan: (condition, { part, path, warn, subject }) => {
    if (subject.unit === 'account') {
      throw new KindredError('segment/invalid', {
        path: `${path}.account`,
        reason: 'it is asked of people, and this is about accounts; `people` leads to theirs',
      })
    }
    const { type } = condition
    return {
      kind: 'account',
      accountType: type,
      quantity: planQuantifier(condition.account, { path, warn, at: 'account' }),
      where: part(condition.where, 'where', accountSubject(type)),
    }
  },
  readsOnlyId: () => true,
  sql: (plan, { context, part }) => {
    const accounts = accountSubject(plan.accountType)
    const among = (and?: readonly Sql[]) => sql`m.account_id in (select p.account_id ${accounts.rows(context, and)})`
    const met = among([part(plan.where, accounts)])
    const pairs = (once: boolean, where: Sql) =>
      sql`from (select ${raw(once ? 'distinct ' : '')}account_id, person_id from (${accountPairs(context)})) as m where ${where}`
    // Whom it is asked of is a person also as one of the people of an account: all of their accounts are meant.
    return quantitySql(raw('p.person_id'), plan.quantity, {
      rows: (once) => pairs(once, among()),
      meeting: (once) => pairs(once, met),
      owner: raw('m.person_id'),
      met,
    })
  },
  says: (condition, { negated, partOf, who }) => {
    const ofType = condition.type === undefined ? '' : ` of the type ${condition.type}`
    const forWhom = 'share' in Object(condition.account) ? 'for whom ' : ''
    const phrases = quantityWords(condition.account, {
      negated,
      any: `${who} are in an account${ofType}`,
      none: `${who} are in no account${ofType}`,
      all: `${who} are in accounts${ofType}, and only in such`,
      notAll: `${who} are not only in accounts${ofType}`,
      number: (many, not) => `${who} are ${not ? 'not ' : ''}in ${many}${ofType}`,
      others: ['account', 'accounts'],
    })
    return `${forWhom}${phrases} ${partOf('that', condition.where)}`
  },
}
