import { type CompileContext, definitionSentence } from '@kindred/engine'
import {
  type MissingRole,
  type Project,
  readByCondition,
  type SegmentDefinition,
  segmentDefinitionSchema,
  standardFieldNamed,
  type TemplateReply,
  traitNeeds,
} from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { wordsOf } from '../segments/words.ts'
import { allTraits } from '../traits/list-traits.ts'
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
    const own = template.needs.map((need) => neededOf(need, project, known))
    const needs = [...own, ...neededByTraits(definition, context).filter(({ says }) => !own.some((each) => each.says === says))]
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

/** What the traits that a definition names are computed of: the roles they would lack if the project had given none, and which of those it lacks. */
function neededByTraits({ where }: SegmentDefinition, context: CompileContext): TemplateReply['needs'] {
  const traits = allTraits(context)
  const needs = new Map<string, TemplateReply['needs'][number]>()
  for (const name of readByCondition(where).traits) {
    const definition = traits.get(name)?.definition
    if (definition === undefined) continue
    const missing = traitNeeds(definition, { roles: context.roles, traits }).map(wordsOfRole)
    for (const says of traitNeeds(definition, { roles: { events: {}, properties: {} }, traits }).map(wordsOfRole)) {
      needs.set(says, event(says, !missing.includes(says)))
    }
  }
  return [...needs.values()]
}

function wordsOfRole({ of, role }: MissingRole): string {
  const words: Readonly<Record<string, string>> = of === 'event' ? roleWords.events : roleWords.properties
  return words[role] ?? role
}

/** What is needed, in words, and whether the project has it. */
export function neededOf(need: Need, project: Project, known: ProjectData): TemplateReply['needs'][number] {
  const { roles } = project
  if ('field' in need) {
    const field = standardFieldNamed(`standard.${need.field}`)
    const count = known.fields.get(need.field)?.known ?? 0
    const everyone = known.everyone[field?.of ?? 'person']
    return { says: field?.label ?? need.field, has: count > 0, share: everyone === 0 ? 0 : count / everyone }
  }
  if ('anyOf' in need) {
    const each = need.anyOf.map((one) => neededOf(one, project, known))
    return event(
      each.map(({ says }) => says).join(' or '),
      each.some(({ has }) => has),
    )
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
