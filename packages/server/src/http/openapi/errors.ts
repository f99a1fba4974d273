import { type ErrorCode, errorTable } from '@kindred/model'
import { type ListedRoute, takesIdempotencyKey } from '../route-list.ts'
import type { JsonSchema } from './shapes.ts'

/** The one shape of every error. */
export const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details'],
      properties: {
        code: { type: 'string', description: 'Never renamed: switch on it' },
        message: { type: 'string', description: 'What is wrong and what to do, for a reader' },
        details: { type: 'object', additionalProperties: { type: ['string', 'number'] }, description: 'What the message was filled with' },
      },
    },
  },
}

/** Every code that a route may answer, its own first. */
function errorCodesOf(route: ListedRoute): ErrorCode[] {
  const { schema, words, url } = route
  const codes = new Set<ErrorCode>(words.errors)
  if (words.scope !== 'public') {
    for (const code of ['auth/required', 'auth/key-expired', 'auth/scope'] as const) codes.add(code)
    if (words.scope === 'user') codes.add('auth/user-only').delete('auth/scope')
    if (route.method !== 'GET') codes.add('request/csrf')
  }
  if (url.includes('/projects/:p')) for (const code of ['auth/forbidden', 'project/not-found'] as const) codes.add(code)
  codes.add('request/invalid').add('request/forbidden-host')
  if (takesCursor(schema)) codes.add('request/cursor')
  if (schema.body !== undefined) codes.add('request/too-large').add('request/media-type')
  if (takesIdempotencyKey(route)) for (const code of ['idempotency/other-request', 'idempotency/interrupted', 'idempotency/full'] as const) codes.add(code)
  return [...codes.add('server/unexpected')]
}

function takesCursor({ querystring, body }: ListedRoute['schema']): boolean {
  return [querystring, body].some((schema) => schema !== undefined && 'shape' in schema && 'cursor' in (schema.shape as object))
}

/** The error replies of a route, by status. */
export function errorReplies(route: ListedRoute): Record<string, JsonSchema> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorCodesOf(route)) byStatus.set(errorTable[code].status, [...(byStatus.get(errorTable[code].status) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorTable[code].message}`).join('\n\n'),
        content: {
          'application/json': {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { error: { properties: { code: { enum: codes } } } } }],
            },
          },
        },
      },
    ]),
  )
}
