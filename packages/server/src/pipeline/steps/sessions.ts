import type { Source } from '@kindred/model'
import { joinSession } from '../../enrich/sessions.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** Told about a person, not done in a visit: they open no session. */
const aboutPeople = new Set(['$identify', '$set', '$create_alias', '$merge_dangerously', '$groupidentify', '$consent'])
/** What was imported is history of other systems, in which a row is no visit; so are the demo shop's messages. */
const withoutVisits = new Set<Source>(['import', 'demo'])

/** The session of the event: the sender's `$session_id`, else the person's session within 30 minutes, else a new one. */
export function sessions(passage: Passage, { enrichers, people }: Batch): StepResult {
  const { event, projectId, source, person } = passage
  if (!enrichers.settingsOf(projectId).sessions) return ok
  const given = event.properties.$session_id
  const id = typeof given === 'string' || typeof given === 'number' ? String(given) : ''
  if (id === '' && (aboutPeople.has(event.event) || withoutVisits.has(source))) return ok
  const all = people.sessions.of(person)
  const session = joinSession(all, { id, at: event.timestamp, personId: person.id, uuid: event.uuid })
  if (id === '') event.properties.$session_id = session.id
  passage.session = { session, isLatest: all.at(-1) === session }
  return ok
}
