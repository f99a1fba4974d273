import { type ConsentCondition, consentChannels, consentPurpose, KindredError } from '@kindred/model'
import { eventNameSql } from '../event-match.ts'
import { mergesSql } from '../people.ts'
import { eventProperty } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { livesSql } from '../zone/lived-in.ts'
import { isLocal, planWindow, type When, zonedSql } from '../zone/when.ts'
import { windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Reading } from './reading.ts'

export interface ConsentPlan extends Plan {
  readonly kind: 'consent'
  readonly channel: string
  readonly purpose: string
  /** The state of the ledger; null: it says nothing. */
  readonly state: 'granted' | 'withdrawn' | null
  readonly since: When | undefined
  readonly now: number
}

const states = { given: 'granted', refused: 'withdrawn', neverAsked: null } as const

/** What the ledger says last, by time, of a channel and a purpose; the entries of people who were merged count together. */
export const consent: Reading<ConsentCondition, ConsentPlan> = {
  plan: ({ consent: channel, purpose, is, since }, planning) => {
    const { path, subject } = planning
    const refuse = (step: string, reason: string) => new KindredError('segment/invalid', { path: `${path}.${step}`, reason })
    if (subject.unit === 'account') throw refuse('consent', 'only people consent; ask about the people of the account')
    if (!consentChannels.some((each) => each === channel)) throw refuse('consent', `there is no channel ${channel}; it is one of ${consentChannels.join(', ')}`)
    if (!consentPurpose.safeParse(purpose).success) throw refuse('purpose', 'write a purpose in small letters, digits and hyphens, such as marketing')
    return {
      kind: 'consent',
      channel,
      purpose,
      state: states[is],
      now: planning.context.now,
      since: since === undefined ? undefined : planWindow(since, planning, 'since'),
    }
  },
  sql: (plan, compiling) => sql`p.person_id ${raw(plan.state === null ? 'not in' : 'in')} (${consentedSql(plan, compiling.context)})`,
  // The ledger is written by hand too; what an event said is shown.
  deciding: ({ channel, purpose, now }) => ({
    events: [
      eventNameSql(['$consent']),
      ...windowSql({ to: now }),
      sql`has(${eventProperty('channel').list}, ${bind('String', channel)})`,
      sql`has(${eventProperty('purpose').list}, ${bind('String', purpose)})`,
    ],
  }),
  says: ({ consent: channel, purpose, is, since }, { negated }) => {
    const of = `consent to ${purpose} by ${channelWords[channel] ?? channel}`
    const window = windowWords(since)
    const words = {
      given: [`who gave their ${of}`, `who have not given their ${of}`],
      refused: [`who refused their ${of}`, `who have not refused their ${of}`],
      neverAsked: [`who were never asked for their ${of}`, `who were asked for their ${of}`],
    }[is][negated ? 1 : 0]
    return window === '' ? `${words}` : `${words} ${window}`
  },
}

const channelWords: Readonly<Record<string, string>> = { email: 'e-mail', sms: 'text message', push: 'push message', phone: 'telephone', web: 'web' }

/**
 * One column `id`, each person once: of whom the ledger says this last of a channel and a purpose; where `state` is null, of whom it says anything. May stand in
 * `in (…)`.
 */
export function consentedSql({ channel, purpose, state, since }: Omit<ConsentPlan, 'kind' | 'now'>, context: Compiling['context']): Sql {
  const project = bind('UInt32', context.projectId)
  const newest = raw('(c.at, c.id)')
  const conditions = [sql`argMax(c.state, ${newest}) = ${bind('String', state ?? '')}`]
  const window = since?.window
  if (window?.from !== undefined && window.from > 0) conditions.push(sql`max(c.at) >= fromUnixTimestamp64Milli(${bind('Int64', window.from)}, 'UTC')`)
  if (window !== undefined) conditions.push(sql`max(c.at) <= fromUnixTimestamp64Milli(${bind('Int64', Math.max(window.to, 0))}, 'UTC')`)
  const having = state === null ? raw('') : sql` having ${conditions.reduce((left, right) => sql`${left} and ${right}`)}`
  const entries = sql`from kindred.consents as c left join (${mergesSql(context.projectId)}) as o on o.from_id = c.person_id where c.project_id = ${project} and c.channel = ${bind('String', channel)} and c.purpose = ${bind('String', purpose)} group by id${having}`
  const id = raw('if(o.to_id = 0, c.person_id, o.to_id) as id')
  if (since === undefined || !isLocal(since)) return sql`select ${id} ${entries}`
  const lives = livesSql([since], { now: 0, timezone: since.timezone }, context)
  const zoned = zonedSql(since, { at: raw('s.said_at'), zone: raw('l.zone'), southern: raw('0') })
  return sql`select s.id as id from (select ${id}, max(c.at) as said_at ${entries}) as s left join (${lives}) as l on l.person = s.id where ${join(zoned, ' and ')}`
}
