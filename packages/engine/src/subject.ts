import type { CompileContext } from './context.ts'
import { eventsWhere, type ProjectContext, personOfEvent, personsWhere } from './people.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

/** Whom a condition is asked about: a person, an account, or a person as one of the people of an account. Conditions read the subject's row as `p`. */
export interface Subject {
  readonly unit: 'person' | 'account' | 'member'
  /** The id on the subject's row; of a member, the pair of account and person. */
  readonly id: Sql
  /** `from … where …` over the subjects as they are now. */
  rows(context: ProjectContext, and?: readonly Sql[]): Sql
  /** `from … where …` over the events `e` that count for a subject: of an account, and of its members, only those that carry the account. */
  events(context: ProjectContext, and?: readonly Sql[]): Sql
  /** The id on a row of `events`, comparable with `id`. */
  ofEvent(context: Pick<CompileContext, 'hasOverrides'>): Sql
}

export const personSubject: Subject = {
  unit: 'person',
  id: raw('p.person_id'),
  rows: personsWhere,
  events: eventsWhere,
  ofEvent: personOfEvent,
}

/** Accounts of one type, or of every type. */
export function accountSubject(type?: string): Subject {
  return {
    unit: 'account',
    id: raw('p.account_id'),
    rows: (context, and = []) => accountsWhere(context, [...ofType(type, 'p'), ...and]),
    events: (context, and) => accountEvents(context, { type, and }),
    ofEvent: () => raw('ac.account_id'),
  }
}

/** The people of accounts: each pair of account and person, with what the person is. */
export function memberSubject(type?: string): Subject {
  return {
    unit: 'member',
    id: raw('(p.account_id, p.person_id)'),
    rows: (context, and) => membersOfAccounts(context, { type, and }),
    events: (context, and) => accountEvents(context, { type, and }),
    ofEvent: (context) => sql`(ac.account_id, ${personOfEvent(context)})`,
  }
}

/** `from … where …` over the project's accounts as they are now, as alias `p`. */
export function accountsWhere({ projectId }: Pick<ProjectContext, 'projectId'>, and: readonly Sql[] = []): Sql {
  return sql`from kindred.accounts as p final where ${join([sql`p.project_id = ${bind('UInt32', projectId)}`, ...and], ' and ')}`
}

interface Narrowed {
  type: string | undefined
  and?: readonly Sql[] | undefined
}

/** Events with the accounts they carry as `ac`, one row for each. */
function accountEvents(context: ProjectContext, { type, and = [] }: Narrowed): Sql {
  const accounts = sql`select account_id, type, key ${accountsWhere(context, ofType(type, 'p'))}`
  const joined = sql` array join mapKeys(e.groups) as account_type, mapValues(e.groups) as account_key inner join (${accounts}) as ac on ac.type = account_type and ac.key = account_key`
  return eventsWhere(context, and, joined)
}

/** Pairs of account and person as they are after merges, each once, with the person's properties. */
function membersOfAccounts(context: ProjectContext, { type, and = [] }: Narrowed): Sql {
  const project = bind('UInt32', context.projectId)
  const merges = sql`select from_id, argMax(to_id, version) as to_id from kindred.person_overrides where project_id = ${project} group by from_id`
  const pairs = sql`select distinct m.account_id as account_id, if(o.to_id = 0, m.person_id, o.to_id) as person_id from kindred.account_people as m left join (${merges}) as o on o.from_id = m.person_id where m.project_id = ${project}`
  const ofAccounts = type === undefined ? raw('') : sql` where account_id in (select p.account_id ${accountsWhere(context, ofType(type, 'p'))})`
  const people = sql`select pairs.account_id as account_id, people.person_id as person_id, people.* except (person_id) from (select * from (${pairs})${ofAccounts}) as pairs inner join (select * ${personsWhere(context)}) as people on people.person_id = pairs.person_id`
  return sql`from (${people}) as p where ${join([sql`p.project_id = ${project}`, ...and], ' and ')}`
}

function ofType(type: string | undefined, alias: string): Sql[] {
  return type === undefined ? [] : [sql`${raw(alias)}.type = ${bind('String', type)}`]
}
