import { questionProgressReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { questionHeader, questionId, questionLabel } from '../http/question-label.ts'
import type { Parts } from '../parts.ts'

/** Registered below `/api/v1/projects/:p`. */
export function questionRoutes(app: Api, parts: Pick<Parts, 'store'>): void {
  app.get(
    '/questions/:id',
    {
      schema: { params: z.object({ id: questionId }) },
      config: {
        scope: 'read',
        summary: 'How far a question is that is being answered',
        description: `By the id, a UUID, that its request carried in \`${questionHeader}\`. One that is over, or unknown, neither waits nor reads.`,
        reply: questionProgressReply,
      },
    },
    (request) => parts.store.progress(questionLabel(request.project, request.params.id)),
  )
}
