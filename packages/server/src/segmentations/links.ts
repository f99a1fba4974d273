import { KindredError, type Project } from '@kindred/model'
import { hashSecret, randomSecret } from '../auth/secrets.ts'
import { getSegmentation, type SegmentationParts } from './segmentations.ts'

/** A link to the report: for one stakeholder, who may comment and sign with it, or for reading alone. Errors: `segmentation/not-found`, `segmentation/not-stakeholder`. */
export async function createLink(
  parts: SegmentationParts,
  project: Project,
  { id, stakeholder }: { id: number; stakeholder?: string | undefined },
): Promise<{ token: string }> {
  const { segmentation } = await getSegmentation(parts, project.id, id)
  if (stakeholder !== undefined && !segmentation.stakeholders.some((each) => each.id === stakeholder)) throw new KindredError('segmentation/not-stakeholder')
  const token = randomSecret()
  await parts.catalog
    .insertInto('segmentation_links')
    .values({ hash: hashSecret(token), segmentation_id: id, stakeholder_id: stakeholder ?? null, created_at: parts.clock() })
    .execute()
  return { token }
}

/** All links of a segmentation open nothing from then on. Errors: `segmentation/not-found`. */
export async function removeLinks(parts: SegmentationParts, project: Project, id: number): Promise<void> {
  await getSegmentation(parts, project.id, id)
  await parts.catalog.deleteFrom('segmentation_links').where('segmentation_id', '=', id).execute()
}

/** What a link opens. Errors: `segmentation/link-unknown`. */
export async function linkOf({ catalog }: SegmentationParts, token: string): Promise<{ projectId: number; id: number; stakeholder: string | null }> {
  const row = await catalog
    .selectFrom('segmentation_links as l')
    .innerJoin('segmentations as s', 's.id', 'l.segmentation_id')
    .select(['l.segmentation_id as id', 'l.stakeholder_id as stakeholder', 's.project_id as projectId'])
    .where('l.hash', '=', hashSecret(token))
    .where('s.deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('segmentation/link-unknown')
  return row
}
