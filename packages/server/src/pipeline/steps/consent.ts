import { consentEvent, readConsent } from '../../privacy/consent-event.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/** Notes what a `$consent` event says in the ledger. */
export function consent(passage: Passage, { privacy }: Batch): StepResult {
  const { event, projectId, person, receivedAt, source } = passage
  if (event.event !== consentEvent) return ok
  const consents = readConsent(event.properties)
  if (consents.length === 0) event.hints = [...(event.hints ?? []), 'consent-unreadable']
  for (const each of consents) {
    const reference = `${event.uuid} ${each.channel} ${each.purpose}`
    const from = each.source === '' ? source : each.source
    privacy.addConsent({ projectId, personId: person.id, ...each, source: from, at: event.timestamp, recordedAt: receivedAt, recordedBy: 'event', reference })
  }
  return ok
}
