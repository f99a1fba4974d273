import {
  consentsNotedReply,
  consentsRequest,
  deletionReply,
  deletionRequest,
  deletionRequestedReply,
  listRequest,
  optOutReply,
  optOutRequest,
  optOutsRequest,
  pageReply,
  personConsentRequest,
  personConsentsReply,
  personDeletion,
  retentionChange,
  retentionReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { sendFile } from '../http/send-file.ts'
import type { Parts } from '../parts.ts'
import { askerOf } from './asker.ts'
import { noteConsents, notePersonConsents, personConsents } from './consents.ts'
import { getDeletion, listDeletions, requestDeletion, retryDeletion } from './deletions.ts'
import { exportPerson } from './export-person.ts'
import { privacyJobs } from './jobs.ts'
import { liftOptOut, listOptOuts, optOut } from './opt-outs.ts'
import { eventsDue, getRetention, setRetention } from './retention.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const dueRequest = z.strictObject({ days: z.coerce.number().int().min(1).max(36_500) })
const jobWords = 'It is carried out one after another, and goes on after a restart; ask for its state.'

/** What people may ask of those who hold their data; registered below `/api/v1/projects/:p`. */
export function privacyRoutes(app: Api, parts: Parts): void {
  const jobs = privacyJobs(parts)
  app.addHook('onClose', () => jobs.close())
  deletionRoutes(app, parts)
  consentRoutes(app, parts)
  optOutRoutes(app, parts)
  retentionRoutes(app, parts)
}

function deletionRoutes(app: Api, parts: Parts): void {
  app.get(
    '/people/:id/export',
    {
      schema: { params: one },
      config: { scope: 'privacy', summary: 'Everything kept about a person, as one JSON file', reply: 'application/json', errors: ['person/not-found'] },
    },
    (request, reply) => sendFile(reply, exportPerson(parts, request.project, request.params.id), { name: `person-${request.params.id}`, format: 'json' }),
  )
  app.delete(
    '/people/:id',
    {
      schema: { params: one, querystring: personDeletion },
      config: { scope: 'privacy', summary: 'Delete a person everywhere', description: jobWords, reply: deletionRequestedReply, errors: ['deletion/nobody'] },
    },
    async (request, reply) => {
      const { id } = request.params
      reply.status(202)
      const asked = { projectId: request.project.id, by: askerOf(request) }
      return requestDeletion(parts, { personIds: [id], distinctIds: [], ...request.query }, asked)
    },
  )
  app.post(
    '/deletions',
    {
      schema: { body: deletionRequest },
      config: {
        scope: 'privacy',
        summary: 'Delete people everywhere',
        description: `By Kindred's numbers or by distinct ids, thousands at once. ${jobWords}`,
        reply: deletionRequestedReply,
        errors: ['deletion/nobody'],
      },
    },
    async (request, reply) => {
      reply.status(202)
      return requestDeletion(parts, request.body, { projectId: request.project.id, by: askerOf(request) })
    },
  )
  app.get(
    '/deletions',
    { schema: { querystring: listRequest }, config: { scope: 'privacy', summary: 'Deletions with their receipts', reply: pageReply(deletionReply) } },
    (request) => listDeletions(parts, request.project.id, request.query),
  )
  app.get(
    '/deletions/:id',
    { schema: { params: one }, config: { scope: 'privacy', summary: 'One deletion', reply: deletionReply, errors: ['deletion/not-found'] } },
    (request) => getDeletion(parts, request.project.id, request.params.id),
  )
  app.post(
    '/deletions/:id/retry',
    {
      schema: { params: one },
      config: { scope: 'privacy', summary: 'Go on with a deletion that failed', reply: deletionReply, errors: ['deletion/not-found', 'deletion/state'] },
    },
    (request) => retryDeletion(parts, request.project.id, request.params.id),
  )
}

function consentRoutes(app: Api, parts: Parts): void {
  app.get(
    '/people/:id/consents',
    { schema: { params: one }, config: { scope: 'read', summary: 'Consents of a person', reply: personConsentsReply, errors: ['person/not-found'] } },
    (request) => personConsents(parts, request.project.id, request.params.id),
  )
  app.post(
    '/people/:id/consents',
    {
      schema: { params: one, body: personConsentRequest },
      config: { scope: 'privacy', summary: 'Note consents of a person', reply: personConsentsReply, errors: ['person/not-found'] },
    },
    (request) => notePersonConsents(parts, { id: request.params.id, consents: request.body.consents }, { projectId: request.project.id, by: askerOf(request) }),
  )
  app.post(
    '/consents',
    {
      schema: { body: consentsRequest },
      config: { scope: 'privacy', summary: 'Note consents by distinct id', description: 'At most 1,000 at once.', reply: consentsNotedReply },
    },
    (request) => noteConsents(parts, request.body, { projectId: request.project.id, by: askerOf(request) }),
  )
}

function optOutRoutes(app: Api, parts: Parts): void {
  app.get(
    '/opt-outs',
    { schema: { querystring: optOutsRequest }, config: { scope: 'privacy', summary: 'Who opted out of processing', reply: pageReply(optOutReply) } },
    (request) => listOptOuts(parts, request.project.id, request.query),
  )
  app.post(
    '/opt-outs',
    {
      schema: { body: optOutRequest },
      config: { scope: 'privacy', summary: 'Drop the events of a person from now on', description: 'Under any id known of them.', reply: optOutReply },
    },
    (request) => optOut(parts, request.body, { projectId: request.project.id, by: askerOf(request) }),
  )
  app.delete(
    '/opt-outs/:id',
    {
      schema: { params: one },
      config: { scope: 'privacy', summary: 'Keep the events of a person again', reply: optOutReply, errors: ['opt-out/not-found'] },
    },
    (request) => liftOptOut(parts, request.params.id, { projectId: request.project.id, by: askerOf(request) }),
  )
}

function retentionRoutes(app: Api, parts: Parts): void {
  app.get('/retention', { config: { scope: 'read', summary: 'How long events are kept', reply: retentionReply } }, (request) =>
    getRetention(parts, request.project.id),
  )
  app.get(
    '/retention/due',
    {
      schema: { querystring: dueRequest },
      config: { scope: 'read', summary: 'How many events are older than so many days', reply: z.strictObject({ events: z.number() }) },
    },
    async (request) => ({ events: await eventsDue(parts, request.project.id, request.query.days) }),
  )
  app.put(
    '/retention',
    {
      schema: { body: retentionChange },
      config: { scope: 'admin', summary: 'Set how long events are kept', description: 'The first run begins at once.', reply: retentionReply },
    },
    (request) => setRetention(parts, { projectId: request.project.id, days: request.body.days, by: askerOf(request) }),
  )
}
