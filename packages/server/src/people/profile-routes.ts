import { historyRequest, KindredError, pageReply, personBackgroundReply, propertyChangeReply, revealReply, revealRequest } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { personBackground } from './person-background.ts'
import { personToday, storedProperties } from './person-profile.ts'
import { propertyHistory } from './property-history.ts'

const personPath = z.object({ id: z.coerce.number().int().positive() })

/** What a profile tells beside its facts. */
export function profileRoutes(app: Api, parts: Parts): void {
  app.get(
    '/people/:id/history',
    {
      schema: { params: personPath, querystring: historyRequest },
      config: {
        scope: 'read',
        summary: 'How a person’s properties changed',
        description: 'Newest first, with the event that did it; of one property with `key`.',
        reply: pageReply(propertyChangeReply),
        errors: ['person/not-found'],
      },
    },
    async (request) => {
      const { project, params, query } = request
      const person = await personToday(parts, project.id, params.id)
      await storedProperties(parts, project.id, person)
      return propertyHistory(parts, { project, person }, query)
    },
  )
  app.get(
    '/people/:id/background',
    {
      schema: { params: personPath },
      config: {
        scope: 'read',
        summary: 'Merges, devices and places of a person',
        description: 'At most 50 of each.',
        reply: personBackgroundReply,
        errors: ['person/not-found'],
      },
    },
    async (request) => {
      const person = await personToday(parts, request.project.id, request.params.id)
      await storedProperties(parts, request.project.id, person)
      return personBackground(parts, await questionContext(parts, request.project), person)
    },
  )
  app.post(
    '/people/:id/reveal',
    {
      schema: { params: personPath, body: revealRequest },
      config: {
        scope: 'privacy',
        summary: 'Values of sensitive properties',
        description: 'For someone who asks on purpose: everywhere else they are left out.',
        reply: revealReply,
        errors: ['person/not-found', 'catalogue/not-found'],
      },
    },
    async (request) => {
      const person = await personToday(parts, request.project.id, request.params.id)
      const properties = await storedProperties(parts, request.project.id, person)
      const missing = request.body.keys.find((key) => !Object.hasOwn(properties, key))
      if (missing !== undefined) throw new KindredError('catalogue/not-found', { kind: 'property of this person', name: missing })
      return { values: Object.fromEntries(request.body.keys.map((key) => [key, properties[key] ?? null])) }
    },
  )
}
