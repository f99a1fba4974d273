import { join, raw, type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { isLocal, type When, whenSql } from '../zone/when.ts'

/** The events of a person that decide a condition. */
export interface Deciding {
  /** What keeps the events `e`, where each may stand beside where its person lives (`l`). */
  readonly events: readonly Sql[]
  /** Only the first, or the last, of them decides. Left out: all of them do. */
  readonly only?: 'first' | 'last'
  /** The windows that depend on where somebody lives. */
  readonly whens?: readonly When[]
}

/** Events that meet the conditions in a window. */
export function decidingIn(when: When, events: readonly Sql[], only?: Deciding['only']): Deciding {
  return { events: [...events, ...whenSql(when, livedEvent)], whens: isLocal(when) ? [when] : [], ...(only !== undefined && { only }) }
}

/** The events of any of several. */
export function decidingAny(all: readonly Deciding[]): Deciding {
  const events = all.map((each) => sql`(${join(each.events, ' and ', '1')})`)
  return { events: [sql`(${join(events, ' or ', '0')})`], whens: all.flatMap(({ whens = [] }) => whens) }
}

/** Whose events they are, each event beside where its person lives where that matters. */
export function decidingSubject({ whens = [] }: Deciding, subject: Subject): Subject {
  const [first] = whens
  return first === undefined ? subject : livedSubject(subject, whens, first.timezone)
}

/** The order in which they are shown, so that the first few are those that decide. */
export function decidingOrder({ only }: Deciding): Sql {
  return raw(only === 'first' ? 'e.timestamp, e.position' : 'e.timestamp desc, e.position desc')
}
