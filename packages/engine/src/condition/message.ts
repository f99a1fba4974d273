import {
  campaignProperties,
  flowProperties,
  type MessageAction,
  type MessageChannel,
  type MessageCondition,
  messageChannelProperty,
  messageChannelWords,
  messageEvents,
  operatorOf,
} from '@kindred/model'
import { eventNameSql } from '../event-match.ts'
import { eventProperty } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { isLocal, planWhen, type When, whenSql } from '../zone/when.ts'
import { anyPropertyIs } from './any-property.ts'
import { checkComparison } from './comparison.ts'
import { type Count, countedSql, countOf } from './count.ts'
import { timesWords, windowWords } from './did-words.ts'
import { listWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Reading } from './reading.ts'

export interface MessagePlan extends Plan {
  readonly kind: 'message'
  /** Events that count whatever their properties say of the channel. */
  readonly names: readonly string[]
  /** Events that count where their property names the channel, or also where it has none. */
  readonly told: readonly string[]
  readonly toldOrUsual: readonly string[]
  readonly channel: MessageChannel | undefined
  /** What a property must be one of; undefined where it does not matter. */
  readonly campaigns: readonly string[] | undefined
  readonly flows: readonly string[] | undefined
  readonly when: When
  readonly count: Count
}

/** What became of messages: how many events tell of it. Which events those are is a closed list of the model. */
export const message: Reading<MessageCondition, MessagePlan> = {
  plan: (condition, planning) => {
    const { message: action, channel, campaign, flow, count } = condition
    if (count !== undefined) checkComparison(count, { of: 'count' }, planning)
    const of = [...messageEvents].filter(([, event]) => event.action === action)
    const named = (keep: (event: { channel: MessageChannel | null; usual?: MessageChannel }) => boolean) =>
      of.filter(([, event]) => keep(event)).map(([name]) => name)
    return {
      kind: 'message',
      names: named((event) => channel === undefined || event.channel === channel),
      told: channel === undefined ? [] : named((event) => event.channel === null && event.usual !== channel),
      toldOrUsual: channel === undefined ? [] : named((event) => event.channel === null && event.usual === channel),
      channel,
      campaigns: campaign === undefined ? undefined : [campaign].flat(),
      flows: flow === undefined ? undefined : [flow].flat(),
      when: planWhen({ within: condition.within }, planning),
      count: countOf(count),
    }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} ${raw(plan.count.includesNone ? 'not in' : 'in')} (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  deciding: (plan) => ({ events: messageConditions(plan), whens: isLocal(plan.when) ? [plan.when] : [] }),
  ids: (plan, compiling) => (plan.count.includesNone ? null : subjects(plan, compiling)),
  says: (condition, { negated }) => {
    const { count, channel, campaign, flow, within } = condition
    const noun = channel === undefined ? nouns.any : nouns[channel]
    const of = [wordsOf('campaign', campaign), wordsOf('flow', flow)].filter((each) => each !== '')
    const what = [noun, ...of].join(' ')
    const [past, not] = phrases[condition.message]
    const times = count === undefined ? '' : timesWords(operatorOf(count))
    const doing = !negated ? past : count === undefined ? not : `for whom it is not true that they ${past.replace(/^(who|for whom) /, '')}`
    return [doing.replace('…', what), times, windowWords(within)].filter((each) => each !== '').join(' ')
  },
}

const nouns = { any: 'a message', email: 'an e-mail', sms: 'a text message', push: 'a push message' } as const
const phrases: Record<MessageAction, readonly [string, string]> = {
  sent: ['who were sent …', 'who were not sent …'],
  delivered: ['who received …', 'who did not receive …'],
  opened: ['who opened …', 'who did not open …'],
  clicked: ['who clicked in …', 'who did not click in …'],
  bounced: ['for whom … bounced', 'for whom no bounce is known of …'],
  unsubscribed: ['who unsubscribed by …', 'who did not unsubscribe by …'],
  replied: ['who replied to …', 'who did not reply to …'],
}

function wordsOf(kind: string, texts: string | readonly string[] | undefined): string {
  if (texts === undefined) return ''
  return `of the ${kind} ${listWords(
    [texts].flat().map((each) => `“${each}”`),
    'or',
  )}`
}

/** One column, each subject once: who meets the count; where nobody's events count too, who does not. */
function subjects({ count, ...plan }: MessagePlan, { context, subject: own }: Compiling): Sql {
  const subject = isLocal(plan.when) ? livedSubject(own, [plan.when], plan.when.timezone) : own
  const met = countedSql(raw('count()'), { ...count, negated: count.negated !== count.includesNone })
  return sql`select ${subject.ofEvent(context)} as id ${subject.events(context, messageConditions(plan))} group by id having ${met}`
}

function messageConditions({ names, told, toldOrUsual, channel, campaigns, flows, when }: Omit<MessagePlan, 'count'>): Sql[] {
  const conditions = [eventNameSql([...names, ...told, ...toldOrUsual]), ...whenSql(when, livedEvent)]
  if (channel !== undefined) {
    const said = sql`lower(ifNull(${eventProperty(messageChannelProperty).text}, ''))`
    const words = bind('Array(String)', [...messageChannelWords[channel]])
    const meant = sql`(${eventNameSql(told)} and ${said} in ${words})`
    const usual = sql`(${eventNameSql(toldOrUsual)} and (${said} = '' or ${said} in ${words}))`
    conditions.push(sql`(${eventNameSql(names)} or ${meant} or ${usual})`)
  }
  if (campaigns !== undefined) conditions.push(anyPropertyIs(campaignProperties, campaigns))
  if (flows !== undefined) conditions.push(anyPropertyIs(flowProperties, flows))
  return conditions
}
