import type { TimeCondition } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { type DuringPlan, isByHemisphere, liesDuring, planDuring } from '../zone/during.ts'
import { zoneOfPerson } from '../zone/lived-in.ts'
import { isSouthern } from '../zone/southern.ts'
import { timeZones } from '../zone/zones.ts'
import { duringWords } from './did-words.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

/** Whether the moment of the question lies in a part of the year, the week or the day: one answer for each half of the world, and for zones that differ. */
export interface TimePlan extends Plan {
  readonly kind: 'time'
  readonly north: MetInZones
  readonly south: MetInZones
  readonly now: number
  readonly timezone: string
}
interface MetInZones {
  /** In the project's zone, and in those that are not named. */
  readonly project: boolean
  /** The zones in which the answer is the opposite. */
  readonly opposite: readonly string[]
}

/** Asked of the clock rather than of anybody: true of everyone or of no one, unless people's own zones or halves of the world are asked for. */
export const time: Reading<TimeCondition, TimePlan> = {
  plan: ({ time: asked }, { context, path, subject }) => {
    const { now, timezone, seasons } = context
    const during = planDuring(asked, { seasons, path: `${path}.time` })
    // An account lives nowhere.
    const lives = subject.unit !== 'account'
    const zones = lives && during.zone === 'person' ? timeZones() : []
    const met = (southern: boolean): MetInZones => {
      const project = metIn(during, { now, timezone }, southern)
      return { project, opposite: zones.flatMap((names) => (metIn(during, { now, timezone: names[0] ?? timezone }, southern) === project ? [] : names)) }
    }
    const north = met(false)
    return { kind: 'time', north, south: lives && isByHemisphere(during) ? met(true) : north, now, timezone }
  },
  sql: (plan, { context }) => {
    const { north, south } = plan
    const zone = north.opposite.length + south.opposite.length > 0 ? zoneOfPerson({ ...plan, personNames: context.personNames }) : raw("''")
    return isSame(north, south) ? metSql(north, zone) : sql`if(${isSouthern(context)}, ${metSql(south, zone)}, ${metSql(north, zone)})`
  },
  readsOnlyId: ({ north, south }) => isSame(north, south) && north.opposite.length === 0,
  says: ({ time: asked }, { who, negated }) => {
    const whose = asked.zone === 'person' ? ` where they live` : ''
    return `for ${who === 'who' ? 'whom' : 'which'} today is ${negated ? 'not ' : ''}${duringWords({ ...asked, zone: undefined })}${whose}`
  },
}

function metIn(during: DuringPlan, { now, timezone }: { now: number; timezone: string }, southern: boolean): boolean {
  return liesDuring(during, Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone), southern)
}

function isSame(one: MetInZones, other: MetInZones): boolean {
  return one === other || (one.project === other.project && one.opposite.join() === other.opposite.join())
}

function metSql({ project, opposite }: MetInZones, zone: Sql): Sql {
  const met = raw(project ? '1' : '0')
  return opposite.length === 0 ? met : sql`${zone} ${raw(project ? 'not in' : 'in')} ${bind('Array(String)', opposite)}`
}
