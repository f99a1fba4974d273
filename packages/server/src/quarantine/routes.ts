import {
  correctionPreviewReply,
  correctionRequest,
  correctionStateReply,
  KindredError,
  type QuarantineSelection,
  quarantinedEventReply,
  quarantineListReply,
  quarantineListRequest,
  quarantineOutcomeReply,
  quarantineReplayedReply,
  quarantineReplayRequest,
  quarantineSelection,
  quarantineTotalsReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { Corrections, previewCorrection } from './correct.ts'
import { discard, findQuarantined, listQuarantine, quarantineTotals } from './list.ts'
import { replayAll, replayOne } from './replay.ts'

const one = z.object({ id: z.coerce.number().int() })
/** A corrected event may be as large as an event may be, in JSON text within JSON text. */
const bodyLimit = 8 * 1024 * 1024

/** What was set aside, registered below `/api/v1/projects/:p`. */
export function quarantineRoutes(app: Api, parts: Parts): void {
  correctionRoutes(app, parts)
  app.get(
    '/quarantine',
    {
      schema: { querystring: quarantineListRequest },
      config: { scope: 'read', summary: 'Events that were set aside', description: 'Newest first.', reply: quarantineListReply, errors: ['request/cursor'] },
    },
    (request) => listQuarantine(parts, request.project.id, request.query),
  )
  app.get(
    '/quarantine/totals',
    { config: { scope: 'read', summary: 'What was ever set aside, and what became of it', description: 'Reason by reason.', reply: quarantineTotalsReply } },
    async (request) => ({ reasons: await quarantineTotals(parts, request.project.id) }),
  )
  app.get(
    '/quarantine/:id',
    {
      schema: { params: one },
      config: { scope: 'read', summary: 'One event that was set aside, whole', reply: quarantinedEventReply, errors: ['quarantine/not-found'] },
    },
    (request) => findQuarantined(parts, request.project.id, request.params.id),
  )
  app.post(
    '/quarantine/:id/replay',
    {
      schema: { params: one, body: quarantineReplayRequest },
      config: {
        scope: 'write',
        summary: 'Send a set-aside event again, corrected or as it is',
        description: 'It keeps its uuid and its time, gets a new position, and goes on once, however often it is sent.',
        reply: quarantineOutcomeReply,
        errors: ['quarantine/not-found', 'quarantine/unreadable', 'quarantine/underway', 'quarantine/duplicate'],
      },
      bodyLimit,
    },
    (request) => replayOne(parts, { projectId: request.project.id, id: request.params.id }, request.body.body),
  )
  app.post(
    '/quarantine/replay',
    {
      schema: { body: quarantineSelection },
      config: {
        scope: 'write',
        summary: 'Send many set-aside events again',
        description: 'Give `ids` or a `reason`. What still cannot be read stays set aside.',
        reply: quarantineReplayedReply,
      },
    },
    (request) => replayAll(parts, { projectId: request.project.id, selection: narrowed(request.body) }),
  )
  app.post(
    '/quarantine/discard',
    {
      schema: { body: quarantineSelection },
      config: {
        scope: 'write',
        summary: 'Discard set-aside events for good',
        description: 'Give `ids` or a `reason`.',
        reply: z.strictObject({ discarded: z.number().int() }),
      },
    },
    async (request) => ({ discarded: await discard(parts, request.project.id, narrowed(request.body)) }),
  )
}

function correctionRoutes(app: Api, parts: Parts): void {
  const corrections = new Corrections(parts)
  app.addHook('onClose', () => corrections.close())
  const schema = { body: correctionRequest }
  app.post(
    '/quarantine/correct/preview',
    {
      schema,
      config: {
        scope: 'read',
        summary: 'What a correction of many set-aside events would do',
        description: 'Give `ids` or a `reason`. Counted over all of them, with some shown before and after.',
        reply: correctionPreviewReply,
      },
    },
    ({ body, project }) => previewCorrection(parts, project.id, narrowed(body)),
  )
  app.post(
    '/quarantine/correct',
    {
      schema,
      config: {
        scope: 'write',
        summary: 'Correct many set-aside events and send them again',
        description:
          'Give `ids` or a `reason`. The steps are carried out one after another on each; what still cannot be read stays set aside as it was. Answers at once; ask how far it is.',
        reply: correctionStateReply,
        errors: ['quarantine/correcting'],
        example: {
          reason: 'missing-event-name',
          steps: [
            { set: 'event', to: 'order_completed' },
            { rename: 'properties.totel', to: 'properties.total' },
          ],
        },
      },
    },
    ({ body, project }) => corrections.start(project.id, narrowed(body)),
  )
  app.get(
    '/quarantine/correct',
    { config: { scope: 'read', summary: 'How far the latest correction is, or what came of it', reply: correctionStateReply } },
    ({ project }) => corrections.state(project.id),
  )
}

/** Everything at once is too easily meant by mistake. */
function narrowed<Selection extends QuarantineSelection>(selection: Selection): Selection {
  if (selection.ids === undefined && selection.reason === undefined)
    throw new KindredError('request/invalid', { field: 'reason', reason: 'give ids or a reason' })
  return selection
}
