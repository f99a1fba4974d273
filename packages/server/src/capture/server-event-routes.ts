import { KindredError, serverEventsReply, serverEventsRequest } from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { parseJson } from './json.ts'
import { takeServerEvents } from './server-events.ts'

const example = {
  events: [
    {
      event: 'Order Completed',
      distinctId: 'customer-42',
      uuid: '0192f0c1-7a3e-7cc2-9d53-2f6f0a8c1b77',
      timestamp: '2026-03-31T18:00:00Z',
      properties: { total: 59.9, currency: 'EUR' },
      set: { email: 'ada@example.org' },
    },
  ],
}

/** Events of servers without an SDK. Registered below `/api/v1/projects/:p`. */
export function serverEventRoutes(app: Api, parts: Parts): void {
  void app.register(async (events: Api) => {
    // Numbers of up to 64 bits keep their digits, as on the SDKs' way in.
    events.removeContentTypeParser('application/json')
    events.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parsedBody(body))
    events.post(
      '/events',
      {
        schema: { body: serverEventsRequest },
        config: {
          scope: 'ingest',
          summary: 'Send events',
          description:
            'Up to 1,000 at once, 2 MB. Good events are taken even where others of the batch are bad: look at `rejected`. Give each event a `uuid` to make sending again harmless; with an `Idempotency-Key`, events without one are known by that key.',
          reply: serverEventsReply,
          repeatable: true,
          example,
        },
      },
      (request) => {
        const key = request.headers['idempotency-key']
        return takeServerEvents(parts, request.project, { events: request.body.events, idempotencyKey: key === undefined ? undefined : String(key) })
      },
    )
  })
}

function parsedBody(body: string): unknown {
  try {
    return parseJson(body)
  } catch (error) {
    throw new KindredError(
      'request/invalid',
      { field: 'body', reason: error instanceof Error ? error.message.slice(0, 200) : 'it is not JSON' },
      { cause: error },
    )
  }
}
