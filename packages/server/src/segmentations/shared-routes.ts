import { commentRequest, KindredError, sharedReportReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { findProject } from '../projects/projects.ts'
import { linkOf } from './links.ts'
import { segmentationReport } from './report.ts'
import { addComment, getSegmentation, signOff } from './segmentations.ts'

// The token travels in the body: an address would stand in logs and histories.
const withToken = z.strictObject({ token: z.string().min(10).max(200) })
const errors = ['segmentation/link-unknown', 'property/sensitive'] as const

/** Bytes: a token, and a token with the longest comment in any alphabet. */
const smallest = 4096
const longest = 64 * 1024
/** Nobody who reads a report writes more; a link that got into other hands cannot fill the catalog. */
const hourly = 60
const hour = 3_600_000

/** What a link opens, without signing in: the token is the proof. */
export function sharedRoutes(app: Api, parts: Parts): void {
  app.post(
    '/api/v1/shared/report',
    {
      schema: { body: withToken },
      bodyLimit: smallest,
      config: { scope: 'public', summary: 'The report that a link opens', reply: sharedReportReply, errors },
    },
    (request) => opened(parts, request.body.token),
  )
  app.post(
    '/api/v1/shared/comments',
    {
      schema: { body: withToken.extend(commentRequest.shape) },
      bodyLimit: longest,
      config: {
        scope: 'public',
        summary: 'Comment as the stakeholder of a link',
        description: `On one segmentation at most ${hourly} comments are taken in an hour.`,
        reply: sharedReportReply,
        errors: [...errors, 'segmentation/not-stakeholder', 'segmentation/comment-limit'],
      },
    },
    async (request) => {
      const { token, text } = request.body
      const { projectId, id, name } = await stakeholderOf(parts, token)
      await refuseFlood(parts, id)
      await addComment(parts, projectId, { id, author: name, text })
      return opened(parts, token)
    },
  )
  app.post(
    '/api/v1/shared/sign-off',
    {
      schema: { body: withToken },
      bodyLimit: smallest,
      config: {
        scope: 'public',
        summary: 'Sign off as the stakeholder of a link',
        reply: sharedReportReply,
        errors: [...errors, 'segmentation/not-stakeholder'],
      },
    },
    async (request) => {
      const { projectId, id, stakeholder } = await stakeholderOf(parts, request.body.token)
      await signOff(parts, projectId, { id, stakeholder })
      return opened(parts, request.body.token)
    },
  )
}

/** Errors: `segmentation/comment-limit`. */
async function refuseFlood({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>, id: number): Promise<void> {
  const { written } = await catalog
    .selectFrom('segmentation_comments')
    .select(({ fn }) => fn.countAll<number>().as('written'))
    .where('segmentation_id', '=', id)
    .where('at', '>', clock() - hour)
    .executeTakeFirstOrThrow()
  if (written >= hourly) throw new KindredError('segmentation/comment-limit', { limit: hourly })
}

async function opened(parts: Parts, token: string): Promise<z.output<typeof sharedReportReply>> {
  const { projectId, id, stakeholder } = await linkOf(parts, token)
  const project = await findProject(parts, projectId)
  const segmentation = await getSegmentation(parts, projectId, id)
  return {
    project: project.name,
    currency: project.currency,
    segmentation: withoutAddresses(segmentation),
    report: await segmentationReport(parts, project, segmentation),
    stakeholder,
  }
}

/** Who has a link learns who else takes part, not how to reach them. */
function withoutAddresses<Kept extends Awaited<ReturnType<typeof getSegmentation>>>(kept: Kept): Kept {
  const stakeholders = kept.segmentation.stakeholders.map(({ id, name, role }) => ({ id, name, role }))
  return { ...kept, segmentation: { ...kept.segmentation, stakeholders } }
}

async function stakeholderOf(parts: Parts, token: string): Promise<{ projectId: number; id: number; stakeholder: string; name: string }> {
  const { projectId, id, stakeholder } = await linkOf(parts, token)
  const { segmentation } = await getSegmentation(parts, projectId, id)
  const named = segmentation.stakeholders.find((each) => each.id === stakeholder)
  if (stakeholder === null || named === undefined) throw new KindredError('segmentation/not-stakeholder')
  return { projectId, id, stakeholder, name: named.name }
}
