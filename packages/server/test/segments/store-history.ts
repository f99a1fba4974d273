import { storeTime } from '../../src/pipeline/rows.ts'
import { storedProperties } from '../../src/store/clickhouse/stored-properties.ts'
import type { TestStore } from '../test-store.ts'
import type { Event, History } from './naive/history.ts'

/**
 * Puts a history into the store as the project's. Rows of an older version, and of another project with the same ids, are there to be left out.
 */
export async function storeHistory(
  harness: TestStore,
  { people, events, merges, lists, consents = [], record = [], choices = [], postalCodes = [], ...ofAccounts }: History,
  projectId: number,
): Promise<void> {
  await harness.insertPersons(
    people.map(({ id, properties, deleted, createdAt }) => ({ projectId, personId: id, properties, isDeleted: deleted, version: 2, createdAt })),
  )
  await harness.insertPersons(people.map(({ id }) => ({ projectId, personId: id, properties: { country: 'Ireland', age: 99 }, version: 1 })))
  await harness.insertPersons(people.map(({ id }) => ({ projectId: projectId + 1_000_000, personId: id, properties: { country: 'Ireland', age: 99 } })))
  await harness.insertEvents(
    events.flatMap((each) => [
      { projectId, ...withSession(each) },
      { projectId: projectId + 1_000_000, ...withSession(each) },
    ]),
  )
  await storePostalCodes(harness, postalCodes)
  await harness.insertRows('person_activity', activityOf(events, projectId))
  await harness.insertRows(
    'person_activity',
    activityOf(
      people.map(({ id }) => ({ personId: id, timestamp: 0 })),
      projectId + 1_000_000,
    ),
  )
  await harness.insertRows(
    'person_overrides',
    [...merges].map(([from_id, to_id]) => ({ project_id: projectId, from_id, to_id, version: 1 })),
  )
  const time = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '')
  await harness.insertRows(
    'segment_changes',
    record.map(({ segment, person, unit, entered, at, since = at, position }, index) => ({
      project_id: projectId,
      segment_id: segment,
      person_id: unit === 'account' ? 0 : person,
      account_id: unit === 'account' ? person : 0,
      run: index + 1,
      entered: Number(entered),
      at: time(at),
      since: time(since),
      position,
      cause: 'data',
      version: 1,
    })),
  )
  const numberOf = { include: 1, exclude: -1, 'taken back': 0 }
  await harness.insertRows(
    'segment_choices',
    choices.map(({ segment, member, unit, choice }, index) => ({
      project_id: projectId,
      segment_id: segment,
      person_id: unit === 'person' ? member : 0,
      account_id: unit === 'account' ? member : 0,
      choice: numberOf[choice],
      version: index + 1,
    })),
  )
  await harness.insertRows(
    'consents',
    consents.map(({ personId, at, ...entry }, index) => ({ project_id: projectId, person_id: personId, id: index + 1, at: storeTime(at), ...entry })),
  )
  await harness.insertRows(
    'segment_lists',
    [...lists].flatMap(([segment_id, ids]) => ids.map((person_id) => ({ project_id: projectId, segment_id, person_id }))),
  )
  await storeAccounts(harness, { events, ...ofAccounts }, projectId)
}

/** They are the same for all projects, so those of histories that follow one another are put in once. */
async function storePostalCodes({ store, insertRows }: TestStore, codes: NonNullable<History['postalCodes']>) {
  if (codes.every(({ country }) => store.postalCountries().includes(country))) return
  await insertRows(
    'postal_codes',
    codes.map(({ country, ...each }) => ({ country_code: country, ...each, file: 'test', installed_at: 0 })),
  )
  await store.reloadPostalCodes()
}

async function storeAccounts(
  harness: TestStore,
  { accounts = [], accountLists = new Map(), events }: Omit<History, 'people' | 'merges' | 'lists'>,
  projectId: number,
) {
  const rows = accounts.flatMap(({ id, type, key, properties, deleted = false }) => {
    const row = { account_id: id, type, key, created_at: 0 }
    return [
      { project_id: projectId, ...row, properties: storedProperties(properties), is_deleted: deleted ? 1 : 0, version: 2 },
      { project_id: projectId, ...row, properties: { industry: 'an older row' }, is_deleted: 0, version: 1 },
      { project_id: projectId + 1_000_000, ...row, properties: {}, is_deleted: 0, version: 1 },
    ]
  })
  // As the pipeline writes them: who the person was at the moment, and a row again for each batch.
  const pairs = accounts.flatMap(({ id, type, key, people = [] }) => {
    const seen = events.filter(({ groups }) => groups?.[type] === key).map(({ personId, timestamp }) => ({ person: personId, at: storeTime(timestamp) }))
    const longAgo = people.map((person) => ({ person, at: storeTime(0) }))
    return [...longAgo, ...seen].map(({ person, at }) => ({ account_id: id, person_id: person, first_seen: at, last_seen: at }))
  })
  // Of an account that never was.
  const stray = events.slice(0, 1).map(({ personId }) => ({ account_id: 999_999, person_id: personId, first_seen: 0, last_seen: 0 }))
  await harness.insertRows('accounts', rows)
  await harness.insertRows(
    'account_people',
    [...pairs, ...stray].map((row) => ({ project_id: projectId, ...row })),
  )
  await harness.insertRows(
    'segment_account_lists',
    [...accountLists].flatMap(([segment_id, ids]) => ids.map((account_id) => ({ project_id: projectId, segment_id, account_id }))),
  )
}

/** As the pipeline adds it up: a row for each person as they were known when the events came. */
function activityOf(events: readonly Pick<History['events'][number], 'personId' | 'timestamp'>[], projectId: number): object[] {
  const time = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '')
  return [...new Set(events.map(({ personId }) => personId))].map((person) => {
    const times = events.filter(({ personId }) => personId === person).map(({ timestamp }) => timestamp)
    return { project_id: projectId, person_id: person, first_seen: time(Math.min(...times)), last_seen: time(Math.max(...times)), events: times.length }
  })
}

/** The session has a column of its own, which the writer takes from the property. */
function withSession({ sessionId, ...event }: Event): Omit<Event, 'sessionId'> {
  return sessionId === undefined ? event : { ...event, properties: { ...event.properties, $session_id: sessionId } }
}
