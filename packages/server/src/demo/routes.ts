import { type DemoProgress, demoProgressReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { demoProgress, startDemo, stopDemo } from './load.ts'

const demoSize = z.object({ people: z.coerce.number().int().min(100).max(50_000).optional() })

/** Makes the demo shop, and tells how far it is. */
export function demoRoutes(app: Api, parts: Parts): void {
  app.post(
    '/api/v1/demo',
    {
      schema: { querystring: demoSize },
      config: {
        scope: 'user',
        summary: 'Make the demo shop',
        description: 'Where it is there, or on its way, that is answered. `people`: how many customers; left out, 5,000.',
        reply: demoProgressReply,
      },
    },
    async (request): Promise<DemoProgress> => {
      const known = await demoProgress(parts)
      if (known !== null && known.state !== 'failed') return known
      const { progress, finished } = startDemo(parts, request.query)
      // What went wrong is in the progress that GET tells; here it is only logged.
      finished.catch((error: unknown) => request.log.error(error))
      return progress
    },
  )
  app.get(
    '/api/v1/demo',
    { config: { scope: 'user', summary: 'How far the demo shop is', reply: z.union([demoProgressReply, z.strictObject({ state: z.literal('none') })]) } },
    async (): Promise<DemoProgress | { state: 'none' }> => (await demoProgress(parts)) ?? { state: 'none' },
  )
  app.addHook('onClose', () => stopDemo(parts))
}
