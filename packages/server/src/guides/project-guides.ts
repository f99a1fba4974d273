import { type GuideReply, type GuideRow, KindredError, type Project, trendsQuerySchema } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { neededOf } from '../templates/offer.ts'
import { projectData } from '../templates/project-data.ts'
import { role } from '../templates/template.ts'
import type { Guide } from './guide.ts'
import { guides } from './guides.ts'

type GuideParts = Pick<Parts, 'catalog' | 'clock' | 'store'>

/** All guides with what the project changed, by industry. */
export async function guideRows(parts: GuideParts, project: Project): Promise<GuideRow[]> {
  const changed = await changedTexts(parts, project)
  return guides.map((guide) => rowOf(guide, changed.get(guide.id)))
}

/** Errors: `guide/not-found`. */
export async function oneGuide(parts: GuideParts, project: Project, id: string): Promise<GuideReply> {
  const guide = guideNamed(id)
  const own = (await changedTexts(parts, project)).get(id)
  const reports = await reportsOf(parts, project, guide)
  return { ...rowOf(guide, own), text: own?.text ?? guide.text, templates: [...guide.templates], reports }
}

/** `text` null takes the one that comes with the product. Errors: `guide/not-found`. */
export async function changeGuide(parts: GuideParts, project: Project, change: { id: string; text: string | null; authorId: number }): Promise<GuideReply> {
  const { id, text, authorId } = change
  guideNamed(id)
  const { catalog, clock } = parts
  if (text === null) await catalog.deleteFrom('guide_texts').where('project_id', '=', project.id).where('guide_id', '=', id).execute()
  else {
    const row = { text, author_id: authorId, changed_at: clock() }
    await catalog
      .insertInto('guide_texts')
      .values({ project_id: project.id, guide_id: id, ...row })
      .onConflict((conflict) => conflict.columns(['project_id', 'guide_id']).doUpdateSet(row))
      .execute()
  }
  return oneGuide(parts, project, id)
}

/** As this project would ask them, with what they need and whether that is there. */
async function reportsOf(parts: GuideParts, project: Project, { reports }: Guide): Promise<GuideReply['reports']> {
  if (reports.length === 0) return []
  const known = await projectData(parts, project, [])
  return reports.map((report) => {
    const query = trendsQuerySchema.parse(report.query(known.data))
    const roles = new Set(query.series.flatMap(({ event }) => (typeof event === 'object' && 'role' in event ? [event.role] : [])))
    const needs = [...[...roles].map(role), ...(report.needs ?? [])].map((need) => neededOf(need, project, known))
    return { name: report.name, says: report.says, query, needs }
  })
}

function guideNamed(id: string): Guide {
  const guide = guides.find((each) => each.id === id)
  if (guide === undefined) throw new KindredError('guide/not-found', { guide: id, guides: guides.map((each) => each.id).join(', ') })
  return guide
}

interface ChangedText {
  text: string
  at: number
  author: string
}

function rowOf({ id, industry, draft, text }: Guide, own: ChangedText | undefined): GuideRow {
  const says = firstParagraph(own?.text ?? text)
  return { id, industry, says, draft: draft && own === undefined, changed: own === undefined ? null : { at: own.at, author: own.author } }
}

const firstParagraph = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#') && !line.startsWith('- ')) ?? ''

async function changedTexts({ catalog }: GuideParts, project: Project): Promise<Map<string, ChangedText>> {
  const rows = await catalog
    .selectFrom('guide_texts')
    .leftJoin('users', 'users.id', 'guide_texts.author_id')
    .select(['guide_id', 'text', 'changed_at', 'users.name as author'])
    .where('project_id', '=', project.id)
    .execute()
  return new Map(rows.map((row) => [row.guide_id, { text: row.text, at: row.changed_at, author: row.author ?? 'An API key' }]))
}
