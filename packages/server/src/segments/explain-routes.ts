import {
  type Delivery,
  deliveryCreate,
  deliveryCreatedReply,
  deliveryReply,
  KindredError,
  listRequest,
  pageReply,
  segmentTestsReply,
  segmentWhyReply,
  testResultsReply,
  testsRun,
  testsSave,
  whatIfReply,
  whatIfRequest,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { queryErrors } from '../store/clickhouse/query-error.ts'
import { definitionErrors } from './definition-errors.ts'
import { oneDelivery, retryDelivery, startDelivery, stopDeliveries, toDelivery } from './deliveries/deliver.ts'
import { noteUse } from './membership/note-use.ts'
import { definitionOf, segmentRow, unitOf } from './segment-row.ts'
import { runTests } from './tests/run.ts'
import { saveTests, segmentTests } from './tests/tests.ts'
import { whatIf } from './what-if.ts'
import { whyMember } from './why/why.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const onePerson = one.extend({ person: z.coerce.number().int().positive() })
const oneDeliveryPath = one.extend({ delivery: z.coerce.number().int().positive() })

/** Why somebody is a member, what a change would do, sample people, and members sent elsewhere. */
export function explainRoutes(app: Api, parts: Parts): void {
  whyRoutes(app, parts)
  testRoutes(app, parts)
  deliveryRoutes(app, parts)
}

function whyRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/people/:person/why',
    {
      schema: { params: onePerson },
      config: {
        scope: 'read',
        summary: 'Why somebody is in a segment, or is not',
        description:
          'In a segment of accounts, `person` is the number of an account. Each condition with what is seen, what it must be and the newest events that count for it; and when they will enter or leave if nothing happens, found by asking the definition at each instant at which its answer can change.',
        reply: segmentWhyReply,
        errors: ['segment/not-found', 'person/not-found', 'account/not-found', ...queryErrors],
      },
    },
    async (request) => {
      const { id, person } = request.params
      await noteUse(parts, await segmentRow(parts, request.project, id))
      return whyMember(parts, request.project, { id, member: person })
    },
  )
  app.post(
    '/segments/:id/what-if',
    {
      schema: { params: one, body: whatIfRequest },
      config: {
        scope: 'read',
        summary: 'What a change of a segment would do',
        description:
          'Before it is saved: who enters and leaves, how many each condition keeps, what uses the segment, which segments change with it, and its tests.',
        reply: whatIfReply,
        errors: definitionErrors,
      },
    },
    (request) => whatIf(parts, request.project, { id: request.params.id, definition: request.body.definition }),
  )
}

function testRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/tests',
    {
      schema: { params: one },
      config: { scope: 'read', summary: 'The samples of a segment', reply: segmentTestsReply, errors: ['segment/not-found'] },
    },
    (request) => segmentTests(parts, request.project, request.params.id),
  )
  app.put(
    '/segments/:id/tests',
    {
      schema: { params: one, body: testsSave },
      config: {
        scope: 'write',
        summary: 'Change the samples of a segment',
        description:
          'Each is somebody by `distinctId`, or a `person` who is written down with properties and events and asked about alone; of accounts one by its `accountKey`, or an `account` that is written down with its people. `expected` is `in` or `out`. They are run on every change of the rule: `policy` says whether a failed one refuses it or only warns.',
        reply: segmentTestsReply,
        errors: ['segment/not-found'],
      },
    },
    (request) => saveTests(parts, request.project, { id: request.params.id, ...request.body }),
  )
  app.post(
    '/segments/:id/tests/run',
    {
      schema: { params: one, body: testsRun },
      config: {
        scope: 'read',
        summary: 'Run the tests of a segment',
        description: 'On the definition given, else on the one it has.',
        reply: testResultsReply,
        errors: definitionErrors,
      },
    },
    async (request) => {
      const row = await segmentRow(parts, request.project, request.params.id)
      if (row.kind === 'frozen') throw new KindredError('segment/invalid', { path: 'definition', reason: 'a list has no rule to test' })
      const definition = request.body.definition ?? definitionOf(row)
      if (definition.unit !== unitOf(row)) {
        throw new KindredError('segment/invalid', { path: 'unit', reason: `a segment of ${unitOf(row) === 'person' ? 'people' : 'accounts'} stays one` })
      }
      return { results: await runTests(parts, request.project, { id: row.id, definition }) }
    },
  )
}

const deliveryOrder = { list: 'segment-deliveries', placeOf: ({ id }: Delivery) => [id] }

function deliveryRoutes(app: Api, parts: Parts): void {
  app.addHook('onClose', () => stopDeliveries(parts))
  app.post(
    '/segments/:id/deliveries',
    {
      schema: { params: one, body: deliveryCreate },
      config: {
        scope: 'people:export',
        summary: 'Send all members to an address',
        description:
          'In batches of JSON, `{ delivery, segment, batch, at, members }`, each signed with the `secret` of the answer: `x-kindred-signature: t=<seconds>,v1=<hex>` is the HMAC-SHA256 of `<seconds>.<body>`. A receiver that is busy or broken is tried again; `x-kindred-delivery` is the same for each try.',
        reply: deliveryCreatedReply,
        errors: ['segment/not-found', 'segment/webhook', 'server/key-file'],
      },
    },
    (request) => startDelivery(parts, request.project, { id: request.params.id, ...request.body }),
  )
  app.get(
    '/segments/:id/deliveries',
    {
      schema: { params: one, querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'Where members were sent',
        description: 'Newest first.',
        reply: pageReply(deliveryReply),
        errors: ['segment/not-found'],
      },
    },
    async (request) => {
      const { id } = await segmentRow(parts, request.project, request.params.id)
      const { limit, cursor } = request.query
      const [before = Number.MAX_SAFE_INTEGER] = readCursor(deliveryOrder.list, cursor, [0]) ?? []
      const rows = await parts.catalog
        .selectFrom('segment_deliveries')
        .selectAll()
        .where('segment_id', '=', id)
        .where('id', '<', before)
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return pageOf(rows.map(toDelivery), limit, deliveryOrder)
    },
  )
  app.get(
    '/segments/:id/deliveries/:delivery',
    {
      schema: { params: oneDeliveryPath },
      config: { scope: 'read', summary: 'How far a delivery is', reply: deliveryReply, errors: ['segment/not-found', 'segment/delivery-not-found'] },
    },
    async (request) => {
      const { id } = await segmentRow(parts, request.project, request.params.id)
      return oneDelivery(parts, { id, delivery: request.params.delivery })
    },
  )
  app.post(
    '/segments/:id/deliveries/:delivery/retry',
    {
      schema: { params: oneDeliveryPath },
      config: {
        scope: 'people:export',
        summary: 'Go on with a delivery that failed',
        description: 'From the first batch that was not taken, with the rule and the moment that the delivery began with, signed with the same secret.',
        reply: deliveryReply,
        errors: ['segment/not-found', 'segment/delivery-not-found', 'segment/delivery-over', 'segment/webhook', 'server/key-file'],
      },
    },
    async (request) => {
      const { id } = await segmentRow(parts, request.project, request.params.id)
      return retryDelivery(parts, request.project, { id, delivery: request.params.delivery })
    },
  )
}
