import type { OpenApiDocument, Operation } from './shapes.ts'

const event = {
  type: 'object',
  required: ['event', 'distinct_id'],
  properties: {
    event: { type: 'string' },
    distinct_id: { type: 'string' },
    properties: { type: 'object' },
    timestamp: { type: 'string', format: 'date-time' },
    uuid: { type: 'string', format: 'uuid' },
  },
}

function capture(operation: Pick<Operation, 'operationId' | 'summary' | 'description'>, schema: object): Record<string, Operation> {
  return {
    post: {
      ...operation,
      tags: ['capture'],
      security: [],
      requestBody: { required: true, content: { 'application/json': { schema: { ...schema } } } },
      responses: {
        200: { description: 'Acknowledged: the events are on disk', content: { 'application/json': { schema: { type: 'object' } } } },
        400: { description: '`capture/unreadable`, `capture/empty`', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        401: {
          description: '`capture/no-token`, `capture/unknown-token`',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
        503: { description: '`capture/busy`: send the same again', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
      },
    },
  }
}

/** What SDKs send to, in short: their own documentation tells the rest. */
export const capturePaths: OpenApiDocument['paths'] = {
  '/batch/': capture(
    {
      operationId: 'captureBatch',
      summary: 'Events of an SDK, as a batch',
      description:
        'The wire of the PostHog SDKs: any origin, the project’s public token in the body, gzip allowed. A bad event is set aside by name and the others are kept. `/e/`, `/i/v0/e/`, `/capture/`, `/track/` and `/engage/` take the same.',
    },
    { type: 'object', required: ['api_key', 'batch'], properties: { api_key: { type: 'string' }, batch: { type: 'array', items: event } } },
  ),
  '/flags/': capture(
    { operationId: 'captureFlags', summary: 'What an SDK asks at its start', description: 'Answered so that every feature that is not here is off.' },
    { type: 'object' },
  ),
}
