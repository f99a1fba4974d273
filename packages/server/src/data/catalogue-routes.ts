import {
  eventCatalogueChange,
  eventDefinitionReply,
  pageReply,
  propertyCatalogueChange,
  propertyDefinitionReply,
  sourceRowReply,
  sourcesRequest,
  standardFieldReply,
  standardFieldsRequest,
} from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { changeEvent, changeProperty } from './catalogue.ts'
import { senders } from './senders.ts'
import { standardFieldRows } from './standard-fields.ts'

/** What a team writes about its names, the standard fields, and who sends. */
export function catalogueRoutes(app: Api, parts: Parts): void {
  app.patch(
    '/data/events',
    {
      schema: { body: eventCatalogueChange },
      config: {
        scope: 'write',
        summary: 'Describe an event',
        description: 'What is left out stays as it is.',
        reply: eventDefinitionReply,
        errors: ['catalogue/not-found'],
      },
    },
    (request) => changeEvent(parts, request.project, request.body),
  )
  app.patch(
    '/data/properties',
    {
      schema: { body: propertyCatalogueChange },
      config: {
        scope: 'write',
        summary: 'Describe a property, or mark it sensitive',
        description: 'What is left out stays as it is.',
        reply: propertyDefinitionReply,
        errors: ['catalogue/not-found'],
      },
    },
    (request) => changeProperty(parts, request.project, request.body),
  )
  app.get(
    '/data/standard-fields',
    {
      schema: { querystring: standardFieldsRequest },
      config: {
        scope: 'read',
        summary: 'Standard fields',
        description: 'With the names each is read from. `known=true` also counts the people who have it.',
        reply: pageReply(standardFieldReply),
      },
    },
    async (request) => ({ results: await standardFieldRows(parts, request.project, request.query), next: null }),
  )
  app.get(
    '/data/sources',
    {
      schema: { querystring: sourcesRequest },
      config: { scope: 'read', summary: 'What arrived by each SDK and way in', description: 'Most first.', reply: pageReply(sourceRowReply) },
    },
    async (request) => ({ results: await senders(parts, request.project.id, request.query.after), next: null }),
  )
}
