import { bind, sql } from '@kindred/engine'
import { timelineRequest, valuesRequest } from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { eventDefinitions, propertyDefinitions } from './definitions.ts'
import { eventRows } from './event-rows.ts'
import { propertyValues } from './property-values.ts'
import { timelineSql } from './timeline.ts'

const hour = 3_600_000
/** What just arrived may be a day ahead by its own clock; what is older than this is no live event, however it is paged. */
const liveHours = [2, 48, 24 * 31] as const

/** What the project's data looks like: events as they come, names, values. */
export function dataRoutes(app: Api, parts: Parts): void {
  app.get('/data/live', { schema: { querystring: timelineRequest } }, async (request) => {
    const { project, query } = request
    const watermark = parts.ingest.watermark()
    const context = await questionContext(parts, project)
    const newest = query.before ?? context.now
    for (const hours of liveHours) {
      const since = sql`e.timestamp > fromUnixTimestamp64Milli(${bind('Int64', newest - hours * hour)})`
      const events = await eventRows(parts, { project, context, and: [since, ...timelineSql(query)], limit: query.limit })
      if (events.length === query.limit) return { events, watermark }
    }
    return { events: await eventRows(parts, { project, context, and: timelineSql(query), limit: query.limit }), watermark }
  })
  app.get('/data/events', async (request) => ({ events: await eventDefinitions(parts, request.project) }))
  app.get('/data/properties', async (request) => ({ properties: await propertyDefinitions(parts, request.project) }))
  app.get('/data/values', { schema: { querystring: valuesRequest } }, async (request) => ({
    values: await propertyValues(parts, request.project, request.query),
  }))
}
