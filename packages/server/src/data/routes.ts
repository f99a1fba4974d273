import { bind, sql } from '@kindred/engine'
import {
  catalogueRequest,
  eventDefinitionReply,
  liveEventsReply,
  liveRequest,
  pageReply,
  propertyCatalogueRequest,
  propertyDefinitionReply,
  questionsRequest,
  valueCountReply,
  valuesRequest,
} from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { eventDefinitions, propertyDefinitions } from './definitions.ts'
import { eventCursorTime, eventRows } from './event-rows.ts'
import { propertyValues } from './property-values.ts'
import { checkValuesShown } from './sensitive.ts'
import { surveyQuestions } from './survey-questions.ts'
import { liveSql } from './timeline.ts'

const hour = 3_600_000
/** What just arrived may be a day ahead by its own clock; what is older than this is no live event, however it is paged. */
const liveHours = [2, 48, 24 * 31] as const

/** What the project's data looks like: events as they come, names, values. */
export function dataRoutes(app: Api, parts: Parts): void {
  app.get(
    '/data/live',
    {
      schema: { querystring: liveRequest },
      config: { scope: 'read', summary: 'Events as they come', description: 'Newest first.', reply: liveEventsReply },
    },
    async (request) => {
      const { project, query } = request
      const watermark = parts.ingest.watermark()
      const context = await questionContext(parts, project)
      const filters = await liveSql(parts, project, { request: query, context })
      const newest = eventCursorTime(query.cursor) ?? context.now
      for (const hours of liveHours) {
        const since = sql`e.timestamp > fromUnixTimestamp64Milli(${bind('Int64', newest - hours * hour)})`
        const page = await eventRows(parts, { project, context, and: [since, ...filters], page: query })
        if (page.next !== null) return { ...page, watermark }
      }
      return { ...(await eventRows(parts, { project, context, and: filters, page: query })), watermark }
    },
  )
  app.get(
    '/data/events',
    {
      schema: { querystring: catalogueRequest },
      config: { scope: 'read', summary: 'The names of events', description: 'Most used first.', reply: pageReply(eventDefinitionReply) },
    },
    (request) => eventDefinitions(parts, request.project, request.query),
  )
  app.get(
    '/data/properties',
    {
      schema: { querystring: propertyCatalogueRequest },
      config: { scope: 'read', summary: 'The properties of events and people', description: 'Most used first.', reply: pageReply(propertyDefinitionReply) },
    },
    (request) => propertyDefinitions(parts, request.project, request.query),
  )
  app.get(
    '/data/survey-questions',
    {
      schema: { querystring: questionsRequest },
      config: {
        scope: 'read',
        summary: 'The questions of surveys',
        description: 'Most answered first, as many as `limit` says; there are no further pages.',
        reply: pageReply(valueCountReply),
      },
    },
    async (request) => ({ results: await surveyQuestions(parts, request.project, request.query), next: null }),
  )
  app.get(
    '/data/values',
    {
      schema: { querystring: valuesRequest },
      config: {
        scope: 'read',
        summary: 'The values of a property',
        description: 'Most used first, as many as `limit` says; there are no further pages.',
        reply: pageReply(valueCountReply),
        errors: ['property/sensitive'],
      },
    },
    async (request) => {
      await checkValuesShown(parts, request.project.id, request.query)
      return { results: await propertyValues(parts, request.project, request.query), next: null }
    },
  )
}
