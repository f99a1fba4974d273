import { Readable } from 'node:stream'
import { KindredError, postalCodeReply, postalCodesInstalledReply, postalCodesReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { Uploads } from '../imports/uploads.ts'
import type { Parts } from '../parts.ts'
import { installPostalCodes, removePostalCodes } from './install.ts'
import { findPostalCode, installedPostalCodes } from './installed.ts'

const ofFile = z.strictObject({ name: z.string().min(1).max(400) })
const ofCountry = z.object({ country: z.string().regex(/^[A-Z]{2}$/) })
const asked = z.strictObject({ country: z.string().trim().min(1).max(200), code: z.string().trim().min(1).max(200) })
/** Uploads belong to projects; postal codes are the same for all. */
const everyProject = 0

/** Postal codes of the world, for all projects of the instance. */
export function postalCodeRoutes(app: Api, parts: Parts): void {
  const uploads = new Uploads(parts.config.dataDir)
  app.get(
    '/api/v1/postal-codes',
    { config: { scope: 'user', summary: 'The countries whose postal codes are installed', reply: postalCodesReply } },
    async () => ({ countries: await installedPostalCodes(parts) }),
  )
  app.get(
    '/api/v1/postal-codes/find',
    {
      schema: { querystring: asked },
      config: {
        scope: 'user',
        summary: 'Where a postal code is',
        description: 'Of a whole code the area it belongs to, where only that is known.',
        reply: postalCodeReply,
        errors: ['postal-codes/not-found'],
      },
    },
    ({ query }) => findPostalCode(parts, query.country, query.code),
  )
  app.delete(
    '/api/v1/postal-codes/:country',
    {
      schema: { params: ofCountry },
      config: {
        scope: 'user',
        summary: 'Remove the postal codes of a country',
        reply: postalCodesReply,
        errors: ['postal-codes/not-found', 'postal-codes/busy'],
      },
    },
    async ({ params }) => {
      await removePostalCodes(parts, params.country)
      return { countries: await installedPostalCodes(parts) }
    },
  )
  void app.register(async (files: Api) => {
    // The body is taken as it streams in; it never is in memory as a whole, so it may have any size.
    files.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    files.post(
      '/api/v1/postal-codes',
      {
        schema: { querystring: ofFile },
        config: {
          scope: 'user',
          summary: 'Install postal codes',
          description:
            'The body is the file itself, `name` its name: of GeoNames’ form, or CSV with the columns country, postal_code, latitude and longitude; also gzipped. Its countries take the place of those installed before.',
          reply: postalCodesInstalledReply,
          errors: ['postal-codes/unreadable', 'postal-codes/busy', 'import/unreadable', 'request/media-type'],
          consumes: 'application/octet-stream',
        },
      },
      async ({ body, query }) => {
        if (!(body instanceof Readable)) throw new KindredError('request/media-type', { expected: 'application/octet-stream' })
        const upload = await uploads.keep(everyProject, query.name, body)
        try {
          return await installPostalCodes(parts, upload)
        } finally {
          await uploads.remove(upload.path)
        }
      },
    )
  })
}
