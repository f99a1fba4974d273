import { reachedBy } from '../../enrich/channel.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/**
 * `$channel`: what the event itself is evidence for; without evidence (a page of the same site, no referrer, no page at all) its session's channel. A page
 * reached from the same site with no session known says nothing.
 */
export function channel({ event, projectId, session: joined }: Passage, { enrichers }: Batch): StepResult {
  const { properties } = event
  if (!enrichers.settingsOf(projectId).channel) return ok
  const given = properties.$channel
  const name = typeof given === 'string' && given !== '' ? given : nameOf()
  if (name === undefined) return ok
  properties.$channel = name
  if (joined !== undefined && joined.session.channel === '') joined.session.channel = name
  return ok

  function nameOf(): string | undefined {
    const reached = reachedBy(properties)
    if (reached?.by === 'evidence') return reached.channel
    const ofSession = joined?.session.channel ?? ''
    if (ofSession !== '') return ofSession
    return reached?.by === 'inside' && joined === undefined ? undefined : reached?.channel
  }
}
