import { eventsOfPeople, eventsWhere, mergesBeside, mergesSql, type ProjectContext, personBeside, personsWhere, statesOfPeople } from './people.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

/** Whom a condition is asked about: a person, an account, or a person as one of the people of an account. Conditions read the subject's row as `p`. */
export interface Subject {
  readonly unit: 'person' | 'account' | 'member'
  /** The type of the accounts; undefined for people, and for accounts of every type. */
  readonly accountType?: string | undefined
  /** The id on the subject's row; of a member, the pair of account and person. */
  readonly id: Sql
  /** `from … where …` over the subjects as they are now. */
  rows(context: ProjectContext, and?: readonly Sql[]): Sql
  /**
   * `from … where …` over the events `e` that count for a subject: of an account, and of its members, only those that carry the account. `joined` is what
   * else each event is joined with.
   */
  events(context: ProjectContext, and?: readonly Sql[], joined?: Sql): Sql
  /** `from … where …` over what is kept of their events, as alias `e` too; left out where nothing is kept of them. */
  states?(context: ProjectContext, and?: readonly Sql[]): Sql
  /** The id on a row of `events` or `states`, comparable with `id`. */
  ofEvent(context: ProjectContext): Sql
  /** The same subjects, told apart by what their rows and their events carry alike, so that events need not be joined with them. Left out: by nothing but the id. */
  readonly carried?: Subject
}

export const personSubject: Subject = {
  unit: 'person',
  id: raw('p.person_id'),
  rows: personsWhere,
  events: eventsOfPeople,
  states: statesOfPeople,
  ofEvent: personBeside,
}

/** Accounts of one type, or of every type. */
export function accountSubject(type?: string): Subject {
  const accounts = accountsById(type)
  if (type === undefined) return accounts
  const key = sql`e.groups[${bind('String', type)}]`
  const events: Subject['events'] = (context, and = [], joined) => eventsWhere(context, [...and, sql`${key} != ''`], joined)
  return { ...accounts, carried: { ...accounts, id: raw('p.key'), events, ofEvent: () => key } }
}

function accountsById(type?: string): Subject {
  return {
    unit: 'account',
    accountType: type,
    id: raw('p.account_id'),
    rows: (context, and = []) => accountsWhere(context, [...ofType(type), ...and]),
    events: (context, and, joined) => accountEvents(context, { type, and, joined }),
    ofEvent: () => raw('ac.account_id'),
  }
}

/** The people of accounts, each pair of account and person once: the person is `p`, and `m.account_id` the account. */
export function memberSubject(type?: string): Subject {
  return {
    unit: 'member',
    accountType: type,
    id: memberId(raw('m.account_id'), raw('p.person_id')),
    rows: (context, and) => membersOfAccounts(context, { type, and }),
    events: (context, and, joined = raw('')) => accountEvents(context, { type, and, joined: sql`${mergesBeside(context)}${joined}` }),
    ofEvent: (context) => memberId(raw('ac.account_id'), personBeside(context)),
  }
}

/** UInt128: the ids of an account and of one of its people as one number, which is grouped by and looked up several times as fast as a tuple. */
export function memberId(account: Sql, person: Sql): Sql {
  return sql`bitOr(bitShiftLeft(toUInt128(${account}), 64), toUInt128(${person}))`
}

/** `from … where …` over the members whose ids a statement lists, each once, as alias `m` with `account_id` and `person_id`; the accounts are there. */
export function listedMembers(context: ProjectContext, ids: Sql): Sql {
  // The narrower number is the lower half.
  const pairs = sql`select toUInt64(bitShiftRight(id, 64)) as account_id, toUInt64(id) as person_id from (${ids})`
  return sql`from (${pairs}) as m where m.person_id in (select p.person_id ${personsWhere({ projectId: context.projectId })})`
}

/** `from … where …` over the project's accounts as they are now, as alias `p`. */
export function accountsWhere({ projectId }: Pick<ProjectContext, 'projectId'>, and: readonly Sql[] = []): Sql {
  // FINAL drops deleted accounts: their newest row says is_deleted.
  return sql`from kindred.accounts as p final where ${join([sql`p.project_id = ${bind('UInt32', projectId)}`, ...and], ' and ')}`
}

/** A statement of `account_id` and `person_id`: who was seen with which account, merges included; the same pair may come more than once. */
export function accountPairs({ projectId }: Pick<ProjectContext, 'projectId'>): Sql {
  const project = bind('UInt32', projectId)
  // Merges that were folded into events are not in these rows, so that all of them count.
  return sql`select m.account_id as account_id, if(o.to_id = 0, m.person_id, o.to_id) as person_id from kindred.account_people as m left join (${mergesSql(projectId)}) as o on o.from_id = m.person_id where m.project_id = ${project}`
}

interface Narrowed {
  type: string | undefined
  and?: readonly Sql[] | undefined
  joined?: Sql | undefined
}

/** Events with the accounts they carry as `ac`, one row for each account that is there. */
function accountEvents(context: ProjectContext, { type, and = [], joined = raw('') }: Narrowed): Sql {
  const project = bind('UInt32', context.projectId)
  const accounts = sql`select account_id, type, key from kindred.accounts final where project_id = ${project}`
  if (type === undefined) {
    const carried = sql` array join mapKeys(e.groups) as account_type, mapValues(e.groups) as account_key inner join (${accounts}) as ac on ac.type = account_type and ac.key = account_key`
    return eventsWhere(context, and, sql`${carried}${joined}`)
  }
  const ofOneType = bind('String', type)
  return eventsWhere(context, and, sql` inner join (${accounts} and type = ${ofOneType}) as ac on ac.key = e.groups[${ofOneType}]${joined}`)
}

function membersOfAccounts(context: ProjectContext, { type, and = [] }: Narrowed): Sql {
  const ofAccounts = type === undefined ? raw('') : sql` where account_id in (select p.account_id ${accountsWhere(context, ofType(type))})`
  const pairs = sql`select distinct account_id, person_id from (${accountPairs(context)})${ofAccounts}`
  const conditions = [sql`p.project_id = ${bind('UInt32', context.projectId)}`, ...and]
  return sql`from kindred.persons as p final inner join (${pairs}) as m on m.person_id = p.person_id where ${join(conditions, ' and ')}`
}

function ofType(type: string | undefined): Sql[] {
  return type === undefined ? [] : [sql`p.type = ${bind('String', type)}`]
}
