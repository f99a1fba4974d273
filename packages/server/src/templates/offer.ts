import { definitionSentence } from '@kindred/engine'
import { type Project, type SegmentDefinition, segmentDefinitionSchema, standardFieldNamed, type TemplateReply } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { wordsOf } from '../segments/words.ts'
import { type ProjectData, projectData } from './project-data.ts'
import { roleWords } from './role-words.ts'
import type { Need, Template } from './template.ts'
import { templates } from './templates.ts'

/** Every template as this project would use it, with what it needs and whether that is there. */
export async function offeredTemplates(parts: Parts, project: Project): Promise<TemplateReply[]> {
  const [known, context] = await Promise.all([projectData(parts, project, templates), questionContext(parts, project)])
  const words = wordsOf(context)
  return templates.map((template) => {
    const definition = definitionOf(template, known)
    const needs = template.needs.map((need) => neededOf(need, project, known))
    return {
      id: template.id,
      kind: template.kind,
      name: template.name,
      says: template.says,
      inferred: template.inferred ?? false,
      sentence: definitionSentence(definition, words),
      definition,
      needs,
      ready: needs.every(({ has }) => has),
      adjust: [...(template.adjust ?? [])],
    }
  })
}

function definitionOf(template: Template, { data }: Pick<ProjectData, 'data'>): SegmentDefinition {
  return segmentDefinitionSchema.parse({ unit: template.unit ?? 'person', where: template.where(data) })
}

function neededOf(need: Need, { roles }: Project, known: ProjectData): TemplateReply['needs'][number] {
  if ('field' in need) {
    const field = standardFieldNamed(`standard.${need.field}`)
    const count = known.fields.get(need.field)?.known ?? 0
    const everyone = known.everyone[field?.of ?? 'person']
    return { says: field?.label ?? need.field, has: count > 0, share: everyone === 0 ? 0 : count / everyone }
  }
  if ('role' in need)
    return event(
      roleWords.events[need.role],
      (roles.events[need.role] ?? []).some((name) => known.events.has(name)),
    )
  if ('propertyRole' in need) return event(roleWords.properties[need.propertyRole], roles.properties[need.propertyRole] !== undefined)
  if ('events' in need)
    return event(
      need.says,
      need.events.some((name) => known.events.has(name)),
    )
  if ('properties' in need)
    return event(
      need.says,
      need.properties.some((name) => known.properties.has(name)),
    )
  if ('messages' in need) return event(need.messages === 'email' ? 'e-mails that were sent and opened' : 'text messages', hasMessages(need.messages, known))
  return event('visits to a site or an app', known.properties.has('$session_id'))
}

function event(says: string, has: boolean): TemplateReply['needs'][number] {
  return { says, has, share: null }
}

function hasMessages(channel: 'email' | 'sms', { events }: ProjectData): boolean {
  const word = channel === 'email' ? /e-?mail/i : /sms|text message/i
  return [...events.keys()].some((name) => word.test(name))
}
