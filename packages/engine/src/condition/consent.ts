import { type ConsentCondition, consentChannels, consentPurpose, KindredError } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import type { TimeWindow } from '../time.ts'
import { windowWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import { projectWindow } from './project-window.ts'
import type { Reading } from './reading.ts'

export interface ConsentPlan extends Plan {
  readonly kind: 'consent'
  readonly channel: string
  readonly purpose: string
  /** The state of the ledger; null: it says nothing. */
  readonly state: 'granted' | 'withdrawn' | null
  readonly since: TimeWindow | undefined
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
    return { kind: 'consent', channel, purpose, state: states[is], since: since === undefined ? undefined : projectWindow(since, planning, 'since') }
  },
  sql: (plan, { context }) => sql`p.person_id ${raw(plan.state === null ? 'not in' : 'in')} (${consentedSql(plan, context)})`,
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
export function consentedSql({ channel, purpose, state, since }: Omit<ConsentPlan, 'kind'>, context: Pick<CompileContext, 'projectId'>): Sql {
  const project = bind('UInt32', context.projectId)
  const merges = sql`select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id`
  const newest = raw('(c.at, c.id)')
  const conditions = [sql`argMax(c.state, ${newest}) = ${bind('String', state ?? '')}`]
  if (since?.from !== undefined && since.from > 0) conditions.push(sql`max(c.at) >= fromUnixTimestamp64Milli(${bind('Int64', since.from)}, 'UTC')`)
  if (since !== undefined) conditions.push(sql`max(c.at) <= fromUnixTimestamp64Milli(${bind('Int64', Math.max(since.to, 0))}, 'UTC')`)
  const having = state === null ? raw('') : sql` having ${conditions.reduce((left, right) => sql`${left} and ${right}`)}`
  return sql`select if(o.to_id = 0, c.person_id, o.to_id) as id from kindred.consents as c left join (${merges}) as o on o.from_id = c.person_id where c.project_id = ${project} and c.channel = ${bind('String', channel)} and c.purpose = ${bind('String', purpose)} group by id${having}`
}
