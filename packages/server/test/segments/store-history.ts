import type { TestStore } from '../test-store.ts'
import type { Event, History } from './naive/history.ts'

/**
 * Puts a history into the store as the project's. Rows of an older version, and of another project with the same ids, are there to be left out.
 */
export async function storeHistory(harness: TestStore, { people, events, merges, lists }: History, projectId: number): Promise<void> {
  await harness.insertPersons(people.map(({ id, properties, deleted }) => ({ projectId, personId: id, properties, isDeleted: deleted, version: 2 })))
  await harness.insertPersons(people.map(({ id }) => ({ projectId, personId: id, properties: { country: 'Ireland', age: 99 }, version: 1 })))
  await harness.insertPersons(people.map(({ id }) => ({ projectId: projectId + 1_000_000, personId: id, properties: { country: 'Ireland', age: 99 } })))
  await harness.insertEvents(
    events.flatMap((each) => [
      { projectId, ...withSession(each) },
      { projectId: projectId + 1_000_000, ...withSession(each) },
    ]),
  )
  await harness.insertRows(
    'person_overrides',
    [...merges].map(([from_id, to_id]) => ({ project_id: projectId, from_id, to_id, version: 1 })),
  )
  await harness.insertRows(
    'segment_lists',
    [...lists].flatMap(([segment_id, ids]) => ids.map((person_id) => ({ project_id: projectId, segment_id, person_id }))),
  )
}

/** The session has a column of its own, which the writer takes from the property. */
function withSession({ sessionId, ...event }: Event): Omit<Event, 'sessionId'> {
  return sessionId === undefined ? event : { ...event, properties: { ...event.properties, $session_id: sessionId } }
}
