/** docs/api.md, written from the API's own OpenAPI document. */
import type { OpenApiDocument, Operation } from '../packages/server/src/http/openapi/shapes.ts'

type Schema = { [key: string]: unknown }
interface Parameter {
  name: string
  in: string
  required: boolean
  description?: string
  schema: Schema
}

/** Codes that nearly every route may answer; told once, not at each. */
const everywhere = new Set([
  'request/invalid',
  'request/forbidden-host',
  'request/csrf',
  'request/too-large',
  'request/media-type',
  'request/cursor',
  'auth/required',
  'auth/key-expired',
  'auth/scope',
  'auth/user-only',
  'auth/forbidden',
  'project/not-found',
  'idempotency/other-request',
  'idempotency/interrupted',
  'idempotency/full',
  'server/unexpected',
])

/** The page as Markdown. */
export function apiPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path: path.replace(/\{(\w+)\}/g, ':$1'), method: method.toUpperCase(), operation })),
  )
  const chapters = document.tags.map(({ name }) => {
    const routes = operations.filter(({ operation }) => operation.tags.includes(name))
    return [`## ${name}`, ...routes.map(({ path, method, operation }) => route(`${method} ${path}`, operation))].join('\n\n')
  })
  return `${[
    '# The API',
    '<!-- Written by `npm run docs:api` from the routes. Change what it says at the routes: see CONTRIBUTING.md. -->',
    document.info.description,
    'The whole as an OpenAPI 3.1 document: `GET /api/v1/openapi.json`. The shapes named here are at the [end](#shapes); a `?` marks what may be left out.',
    scopeTable(document),
    `**Errors of nearly every route**, not repeated below: ${[...everywhere].map((code) => `\`${code}\``).join(', ')}. [errors.md](errors.md) tells them all.`,
    routeTable(operations),
    ...chapters,
    '## Shapes',
    ...Object.entries(document.components.schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => `### ${name}\n\n${block(shape(schema))}`),
  ].join('\n\n')}\n`
}

function routeTable(operations: readonly { path: string; method: string; operation: Operation }[]): string {
  const rows = operations.map(({ path, method, operation }) => `| \`${method} ${path}\` | ${operation.summary} | ${scopeOf(operation)} |`)
  return ['| route | | scope |', '| --- | --- | --- |', ...rows].join('\n')
}

function scopeOf({ security }: Operation): string {
  const scope = security.flatMap((each) => each.apiKey ?? [])[0]
  return scope === undefined ? (security.length === 0 ? 'everyone' : 'signed in') : `\`${scope}\``
}

function scopeTable({ components }: OpenApiDocument): string {
  const words = [...String(components.securitySchemes.apiKey?.description).matchAll(/`([\w:]+)` \(([^)]+)\)/g)]
  return [
    '**Scopes.** They are independent: none contains another.',
    '',
    '| scope | lets a key |',
    '| --- | --- |',
    ...words.map(([, scope, says]) => `| \`${scope}\` | ${says} |`),
  ].join('\n')
}

function route(title: string, operation: Operation): string {
  const parts = [
    `### \`${title}\``,
    [operation.summary, operation.description]
      .filter(Boolean)
      .join('. ')
      .replace(/([.!?])\. /g, '$1 '),
  ]
  const parameters = (operation.parameters ?? []) as unknown as Parameter[]
  parts.push(asks(operation, parameters))
  const query = parameters.filter((each) => each.in === 'query')
  if (query.length > 0) parts.push(['| query | |', '| --- | --- |', ...query.map(queryRow)].join('\n'))
  for (const [media, { schema, example }] of Object.entries(operation.requestBody?.content ?? {})) {
    parts.push(media === 'application/json' ? `Body:\n\n${block(shape(schema))}` : `Body: ${media}`)
    if (example !== undefined) parts.push(`For example:\n\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``)
  }
  parts.push(replies(operation))
  return parts.filter((part) => part !== '').join('\n\n')
}

function asks(operation: Operation, parameters: readonly Parameter[]): string {
  const scope = scopeOf(operation)
  const who = scope === 'everyone' ? 'Open to everyone.' : scope === 'signed in' ? 'For signed-in people only.' : `Scope ${scope}.`
  return parameters.some(({ name }) => name === 'Idempotency-Key') ? `${who} Takes \`Idempotency-Key\`.` : who
}

function queryRow({ name, required, description, schema }: Parameter): string {
  const says = [description, note(schema)].filter(Boolean).join('; ')
  return `| \`${name}${required ? '' : '?'}\` | \`${shape(schema).replaceAll('|', '\\|')}\`${says === '' ? '' : `, ${says}`} |`
}

function replies({ responses }: Operation): string {
  const content = Object.entries((responses['200'] as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {})
  const told = content.map(([media, { schema }]) => {
    if (media !== 'application/json') return `Reply: a file, ${media}.`
    const text = shape(schema)
    return /^[\w.[\]]+$/.test(text) ? `Reply: \`${text}\`.` : Object.keys(schema).length === 0 ? 'Reply: JSON.' : `Reply:\n\n${block(text)}`
  })
  const codes = Object.entries(responses).flatMap(([status, reply]) =>
    status === '200'
      ? []
      : [...String(reply.description).matchAll(/(?:^|\n\n|, )`([\w-]+\/[\w-]+)`/g)].flatMap(([, code = '']) => (everywhere.has(code) ? [] : [`\`${code}\``])),
  )
  return [...told, codes.length === 0 ? '' : `Errors: ${codes.join(', ')}.`].filter((part) => part !== '').join('\n\n')
}

const block = (text: string) => `\`\`\`ts\n${text}\n\`\`\``

/** A schema as one would write a type: `{ name: string, limit?: integer }`. */
function shape(schema: Schema, indent = ''): string {
  const refer = (each: unknown) => shape(each as Schema, indent)
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? ''
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return [...new Set(choices.map(refer))].join(' | ')
  if (Array.isArray(schema.allOf)) return schema.allOf.map(refer).join(' & ')
  if (Array.isArray(schema.prefixItems)) return `[${schema.prefixItems.map(refer).join(', ')}]`
  if (schema.type === 'array') {
    const items = shape((schema.items ?? {}) as Schema, indent)
    return /[|&]/.test(items) && !items.startsWith('{') ? `(${items})[]` : `${items}[]`
  }
  if (schema.type === 'object') return objectShape(schema, indent)
  return Array.isArray(schema.type) ? schema.type.join(' | ') : typeof schema.type === 'string' ? schema.type : 'any'
}

function objectShape(schema: Schema, indent: string): string {
  const required = (schema.required ?? []) as string[]
  const inner = `${indent}  `
  const lines = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, each]) => {
    const says = [each.description, note(each)].filter(Boolean).join('; ')
    const key = /^\w+$/.test(name) ? name : JSON.stringify(name)
    return { text: `${key}${required.includes(name) ? '' : '?'}: ${shape(each, inner)}`, says }
  })
  const others = schema.additionalProperties
  if (typeof others === 'object' && others !== null) lines.push({ text: `[key: string]: ${shape(others as Schema, inner)}`, says: '' })
  if (lines.length === 0) return '{}'
  const short = `{ ${lines.map(({ text }) => text).join(', ')} }`
  if (short.length <= 100 && !short.includes('\n') && lines.every(({ says }) => says === '')) return short
  return `{\n${lines.map(({ text, says }) => `${inner}${text}${says === '' ? '' : ` // ${says}`}\n`).join('')}${indent}}`
}

/** Bounds and defaults in words. */
function note({ minimum, maximum, default: given, format, pattern, maxLength, maxItems }: Schema): string {
  const bounds =
    minimum !== undefined && maximum !== undefined
      ? `${minimum} to ${maximum}`
      : minimum !== undefined
        ? `at least ${minimum}`
        : maximum !== undefined
          ? `at most ${maximum}`
          : ''
  return [
    bounds,
    maxLength !== undefined ? `at most ${maxLength} characters` : '',
    maxItems !== undefined ? `at most ${maxItems}` : '',
    format !== undefined ? String(format) : pattern !== undefined && String(pattern).length < 60 ? String(pattern) : '',
    given !== undefined ? `default ${JSON.stringify(given)}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ')
}
