import { scopes, scopeWords } from '@kindred/model'
import type { z } from 'zod'
import { version } from '../../version.ts'
import { apiPrefix, type ListedRoute, takesIdempotencyKey } from '../route-list.ts'
import { capturePaths } from './capture-paths.ts'
import { errorReplies, errorSchema } from './errors.ts'
import { introduction } from './introduction.ts'
import { DocumentSchemas } from './schemas.ts'
import type { JsonSchema, OpenApiDocument, Operation } from './shapes.ts'

/** The API as an OpenAPI 3.1 document, made from the schemas that check its requests. */
export function openApiDocument(routes: readonly ListedRoute[]): OpenApiDocument {
  const schemas = new DocumentSchemas()
  const paths: OpenApiDocument['paths'] = {}
  for (const route of [...routes].sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : 0))) {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kindred', version, description: introduction, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [...new Set([...routes.map(tagOf), 'capture'])].sort().map((name) => ({ name })),
    paths: { ...paths, ...capturePaths },
    components: { schemas: { Error: errorSchema, ...schemas.components }, securitySchemes },
  }
}

const securitySchemes: Record<string, JsonSchema> = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: `An API key of one project, made in Settings. Its scopes: ${scopes.map((scope) => `\`${scope}\` (${scopeWords[scope].toLowerCase()})`).join('; ')}.`,
  },
  session: { type: 'apiKey', in: 'cookie', name: 'kindred_session', description: 'Set by `POST /api/v1/login`.' },
  csrf: { type: 'apiKey', in: 'header', name: 'x-kindred-csrf', description: 'The value that `GET /api/v1/me` answers, with every change of a session.' },
}

function operationOf(route: ListedRoute, schemas: DocumentSchemas): Operation {
  const { words, schema } = route
  const parameters = parametersOf(route, schemas)
  return {
    operationId: operationId(route),
    tags: [tagOf(route)],
    summary: words.summary ?? '',
    ...(words.description !== undefined && { description: words.description }),
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...((schema.body !== undefined || words.consumes !== undefined) && { requestBody: requestBody(route, schemas) }),
    responses: { 200: replyOf(route, schemas), ...errorReplies(route) },
  }
}

/** The first name below the project; what is above has none of its own. */
function tagOf({ url }: ListedRoute): string {
  const rest = url.slice(apiPrefix.length + 1).split('/')
  return (rest[0] === 'projects' ? (rest[2] ?? 'projects') : rest[0] === 'demo' ? 'demo' : 'session') || 'projects'
}

/** `getSegmentsIdMembers`. */
function operationId({ method, url }: ListedRoute): string {
  const names = url.slice(apiPrefix.length).replace('/projects/:p', '/project').split(/\W+/).filter(Boolean)
  return method.toLowerCase() + names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join('')
}

function securityOf({ method, words }: ListedRoute): Operation['security'] {
  const { scope = 'user' } = words
  if (scope === 'public') return []
  const session: Record<string, string[]> = method === 'GET' ? { session: [] } : { session: [], csrf: [] }
  return scope === 'user' ? [session] : [{ apiKey: [scope] }, session]
}

function parametersOf(route: ListedRoute, schemas: DocumentSchemas): JsonSchema[] {
  const ofPath = route.schema.params === undefined ? {} : propertiesOf(schemas.request(route.schema.params))
  const path = [...route.url.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...(name === 'p' && { description: 'The project' }),
    schema: ofPath[name] ?? { type: 'integer', minimum: 1 },
  }))
  const query = route.schema.querystring === undefined ? [] : queryParameters(schemas.request(route.schema.querystring))
  return [...path, ...query, ...(takesIdempotencyKey(route) || route.words.repeatable === true ? [idempotencyKey] : [])]
}

const idempotencyKey: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Any text of the caller’s, new for each request: sent again within a day, the request is answered as it was the first time.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const propertiesOf = (schema: JsonSchema) => (schema.properties ?? {}) as Record<string, JsonSchema>

function queryParameters(schema: JsonSchema): JsonSchema[] {
  const required = (schema.required ?? []) as string[]
  return Object.entries(propertiesOf(schema)).map(([name, { description, ...each }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: each,
  }))
}

function requestBody({ schema, words }: ListedRoute, schemas: DocumentSchemas): NonNullable<Operation['requestBody']> {
  const media = words.consumes ?? 'application/json'
  const body = schema.body === undefined ? {} : schemas.request(schema.body)
  return { required: true, content: { [media]: { schema: body, ...(words.example !== undefined && { example: words.example }) } } }
}

function replyOf({ words }: ListedRoute, schemas: DocumentSchemas): JsonSchema {
  const { reply } = words
  if (typeof reply === 'string') return { description: 'A file', content: { [reply]: { schema: { type: 'string' } } } }
  return { description: 'Done', content: { 'application/json': { schema: reply === undefined ? {} : schemas.reply(reply as z.ZodType) } } }
}
