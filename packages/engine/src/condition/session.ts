import { KindredError, type Operator, operatorOf, operatorProblem, type SessionCondition, type SessionFact } from '@kindred/model'
import { operatorSql } from '../operator/operator.ts'
import { factSql } from '../session/fact-value.ts'
import { isOfSessionIn, sessionFactsSql } from '../session/session-facts.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { isLocal, planWhen, type When, windowOfAllSql, zonedSql } from '../zone/when.ts'
import { checkComparison } from './comparison.ts'
import { type Count, countedSql, countOf } from './count.ts'
import { windowWords } from './did-words.ts'
import { comparisonWords, listWords, operatorWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { warnOfNothing } from './property.ts'
import type { Compiling, Reading } from './reading.ts'

export interface SessionPlan extends Plan {
  readonly kind: 'session'
  readonly filters: readonly { readonly fact: SessionFact; readonly operator: Operator }[]
  /** When the sessions meant began. */
  readonly when: When
  readonly count: Count
  readonly now: number
  readonly timezone: string
}

/** Sessions that meet all the filters, counted; `number` counts all sessions ever. */
export const session: Reading<SessionCondition, SessionPlan> = {
  plan: (condition, planning) => {
    const { now, timezone } = planning.context
    const filters = condition.session.map((filter, index) => {
      const operator = operatorOf(filter)
      const reason = operatorProblem(operator)
      if (reason !== null) throw new KindredError('segment/invalid', { path: `${planning.path}.session.${index}.${operator.name}`, reason })
      warnOfNothing(operator, planning, { step: `session.${index}.`, who: 'no session' })
      return { fact: filter.property, operator }
    })
    const when = planWhen({ within: condition.within }, planning)
    if (condition.count !== undefined) checkComparison(condition.count, { of: 'count' }, planning)
    return { kind: 'session', filters, when, count: countOf(condition.count), now, timezone }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} ${raw(plan.count.includesNone ? 'not in' : 'in')} (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  deciding: (plan, compiling) => {
    const sessions = sql`select session from (${sessionsSql(plan, compiling)}) where ${sessionsMet(plan)}`
    return { events: [sql`e.session_id in (${sessions})`, ...windowSql({ to: plan.now })] }
  },
  ids: (plan, compiling) => (plan.count.includesNone ? null : subjects(plan, compiling)),
  says: ({ session: filters, count, within }, { who, negated }) => {
    const never = negated && count === undefined
    const many = count === undefined ? (negated ? 'no session' : 'a session') : sessionsWords(comparisonWords(operatorOf(count)))
    const where = filters.map((filter) => `${factWords[filter.property]} ${operatorWords(operatorOf(filter))}`)
    const opening = !negated || never ? `${who} had` : `for ${who === 'who' ? 'whom' : 'which'} it is not true that they had`
    return [opening, many, windowWords(within), where.length === 0 ? '' : `where ${listWords(where, 'and')}`].filter((each) => each !== '').join(' ')
  },
}

/** "exactly 1 session", "between 0 and 1 sessions". */
function sessionsWords(many: string): string {
  return `${many} ${/^(?!between).* 1$/.test(many) ? 'session' : 'sessions'}`
}

/** One column, each subject once: who meets the comparison; where those without any session meet it too, who does not. */
function subjects(plan: SessionPlan, compiling: Compiling): Sql {
  const { count } = plan
  const compared = countedSql(raw('count()'), { ...count, negated: count.negated !== count.includesNone })
  return sql`select id from (${sessionsSql(plan, compiling)}) where ${sessionsMet(plan)} group by id having ${compared}`
}

/** UInt8 of a session: it is one that counts. */
function sessionsMet(plan: SessionPlan): Sql {
  const met = plan.filters.map(({ fact, operator: asked }) => operatorSql(factSql(fact), asked, plan))
  return join([...startedSql(plan.when), ...met], ' and ')
}

/** The sessions of each subject `id`, in which only the events that count for it are. */
function sessionsSql(plan: SessionPlan, { context, subject: own }: Compiling): Sql {
  const { when } = plan
  const local = isLocal(when)
  const subject = local ? livedSubject(own, [when], when.timezone) : own
  const numbered = plan.filters.some(({ fact }) => fact === 'number')
  const meant = numbered || when.window.from === undefined ? [] : [isOfSessionIn(own.events(context, windowOfAllSql(when)))]
  const events = subject.events(context, [sql`e.session_id != ''`, ...windowSql({ to: plan.now }), ...meant])
  const keys = [
    { name: 'id', of: subject.ofEvent(context) },
    { name: 'session', of: raw('e.session_id') },
  ]
  const facts = sessionFactsSql(keys, events, local ? [{ name: 'lived_in', of: livedEvent.zone }] : [])
  return numbered ? sql`select *, row_number() over (partition by id order by started, session) as number from (${facts})` : facts
}

function startedSql(when: When): Sql[] {
  const { from, to } = when.window
  const at = raw(`fromUnixTimestamp64Milli(started, 'UTC')`)
  const zoned = zonedSql(when, { at, zone: raw('lived_in'), southern: raw('0') })
  return [from === undefined ? sql`started <= ${bind('Int64', to)}` : sql`started between ${bind('Int64', from)} and ${bind('Int64', to)}`, ...zoned]
}

const factWords: Record<SessionFact, string> = {
  number: 'the number of the visit',
  length: 'the length in seconds',
  pages: 'the number of pages',
  events: 'the number of events',
  bounced: 'whether it bounced',
  entry_page: 'the entry page',
  exit_page: 'the exit page',
  landing_url: 'the landing address',
  referrer: 'the referrer',
  channel: 'the channel',
  source: 'the source',
  medium: 'the medium',
  campaign: 'the campaign',
  device: 'the device',
  country: 'the country',
}
