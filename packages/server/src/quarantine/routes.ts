import { KindredError, type QuarantineSelection, quarantineListRequest, quarantineReplayRequest, quarantineSelection } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { discard, findQuarantined, listQuarantine, quarantineTotals } from './list.ts'
import { replayAll, replayOne } from './replay.ts'

const one = z.object({ id: z.coerce.number().int() })
/** A corrected event may be as large as an event may be, in JSON text within JSON text. */
const bodyLimit = 8 * 1024 * 1024

/** What was set aside, registered below `/api/v1/projects/:p`. */
export function quarantineRoutes(app: Api, parts: Parts): void {
  app.get('/quarantine', { schema: { querystring: quarantineListRequest } }, (request) => listQuarantine(parts, request.project.id, request.query))
  app.get('/quarantine/totals', async (request) => ({ reasons: await quarantineTotals(parts, request.project.id) }))
  app.get('/quarantine/:id', { schema: { params: one } }, (request) => findQuarantined(parts, request.project.id, request.params.id))
  app.post('/quarantine/:id/replay', { schema: { params: one, body: quarantineReplayRequest }, bodyLimit }, (request) =>
    replayOne(parts, { projectId: request.project.id, id: request.params.id }, request.body.body),
  )
  app.post('/quarantine/replay', { schema: { body: quarantineSelection } }, (request) => replayAll(parts, request.project.id, narrowed(request.body)))
  app.post('/quarantine/discard', { schema: { body: quarantineSelection } }, async (request) => ({
    discarded: await discard(parts, request.project.id, narrowed(request.body)),
  }))
}

/** Everything at once is too easily meant by mistake. */
function narrowed(selection: QuarantineSelection): QuarantineSelection {
  if (selection.ids === undefined && selection.reason === undefined)
    throw new KindredError('request/invalid', { field: 'reason', reason: 'give ids or a reason' })
  return selection
}
