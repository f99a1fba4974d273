import {
  doneReply,
  listRequest,
  pageReply,
  traitChange,
  traitNameSchema,
  traitPreviewReply,
  traitPreviewRequest,
  traitReply,
  traitSave,
  traitValueReply,
  traitVersionReply,
} from '@kindred/model'
import { z } from 'zod'
import { accountProfile } from '../accounts/account-profile.ts'
import type { Api } from '../http/api.ts'
import { untilGone } from '../http/until-gone.ts'
import type { Parts } from '../parts.ts'
import { personToday, storedProperties } from '../people/person-profile.ts'
import { definitionErrors as segmentErrors } from '../segments/definition-errors.ts'
import { getTrait, listTraits } from './list-traits.ts'
import { previewTrait } from './preview.ts'
import { changeTrait, createTrait, deleteTrait, traitVersions } from './save-traits.ts'
import { traitValues } from './values.ts'

const one = z.object({ name: traitNameSchema })
const somebody = z.object({ id: z.coerce.number().int().positive() })
const definitionErrors = ['trait/invalid', 'trait/not-found', 'trait/cycle', ...segmentErrors] as const
const authorOf = (user: { id: number } | undefined) => ({ id: user?.id ?? 0 })

/** Computed traits of one project, registered below `/api/v1/projects/:p`. */
export function traitRoutes(app: Api, parts: Parts): void {
  savedRoutes(app, parts)
  changeRoutes(app, parts)
  valueRoutes(app, parts)
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/traits',
    {
      schema: { querystring: listRequest },
      config: { scope: 'read', summary: 'Traits', description: 'The built-in ones and the project’s own, by name.', reply: pageReply(traitReply) },
    },
    (request) => listTraits(parts, request.project, request.query),
  )
  app.get(
    '/traits/:name',
    { schema: { params: one }, config: { scope: 'read', summary: 'One trait', reply: traitReply, errors: ['trait/not-found'] } },
    (request) => getTrait(parts, request.project, request.params.name),
  )
  app.get(
    '/traits/:name/versions',
    {
      schema: { params: one, querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'The versions of a trait',
        description: 'Newest first.',
        reply: pageReply(traitVersionReply),
        errors: ['trait/not-found', 'trait/built-in'],
      },
    },
    (request) => traitVersions(parts, request.project, { name: request.params.name, ...request.query }),
  )
}

function changeRoutes(app: Api, parts: Parts): void {
  app.post(
    '/traits',
    {
      schema: { body: traitSave },
      config: { scope: 'write', summary: 'Make a trait', reply: traitReply, errors: [...definitionErrors, 'trait/exists'] },
    },
    (request) => createTrait(parts, request.project, { save: request.body, author: authorOf(request.user) }),
  )
  app.put(
    '/traits/:name',
    {
      schema: { params: one, body: traitChange },
      config: {
        scope: 'write',
        summary: 'Change a trait',
        description: 'A changed definition becomes the next version. The name stays, since definitions name it.',
        reply: traitReply,
        errors: [...definitionErrors, 'trait/built-in', 'trait/changed'],
      },
    },
    (request) => changeTrait(parts, request.project, { name: request.params.name, save: request.body, author: authorOf(request.user) }),
  )
  app.delete(
    '/traits/:name',
    {
      schema: { params: one },
      config: { scope: 'write', summary: 'Delete a trait', reply: doneReply, errors: ['trait/not-found', 'trait/built-in', 'trait/in-use'] },
    },
    async (request) => {
      await deleteTrait(parts, request.project, request.params.name)
      return { ok: true }
    },
  )
}

function valueRoutes(app: Api, parts: Parts): void {
  app.post(
    '/traits/preview',
    {
      schema: { body: traitPreviewRequest },
      config: {
        scope: 'read',
        summary: 'What values a trait has',
        description: 'Of a trait by `name`, or of a `definition` that is not saved. `known` counts those of whom an event, or a property, tells the value.',
        reply: traitPreviewReply,
        errors: [...definitionErrors],
      },
    },
    (request, reply) => previewTrait({ parts: untilGone(parts, reply), project: request.project }, request.body),
  )
  app.get(
    '/people/:id/traits',
    {
      schema: { params: somebody },
      config: {
        scope: 'read',
        summary: 'The traits of a person',
        description: 'As they are now.',
        reply: z.array(traitValueReply),
        errors: ['person/not-found'],
      },
    },
    async (request) => {
      const person = await personToday(parts, request.project.id, request.params.id)
      await storedProperties(parts, request.project.id, person)
      return traitValues(parts, request.project, { unit: 'person', id: person })
    },
  )
  app.get(
    '/accounts/:id/traits',
    {
      schema: { params: somebody },
      config: {
        scope: 'read',
        summary: 'The traits of an account',
        description: 'As they are now.',
        reply: z.array(traitValueReply),
        errors: ['account/not-found'],
      },
    },
    async (request) => {
      const { id } = await accountProfile(parts, request.project, request.params.id)
      return traitValues(parts, request.project, { unit: 'account', id })
    },
  )
}
