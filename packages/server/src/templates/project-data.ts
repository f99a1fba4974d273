import { accountsWhere, join, personProperty, personsWhere, render, type Sql, sql } from '@kindred/engine'
import { type EventDefinition, type Project, type PropertyDefinition, standardFieldNamed, standardPrefix } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { eventDefinitions, propertyDefinitions } from '../data/definitions.ts'
import { propertyValues } from '../data/property-values.ts'
import { sensitivityOf } from '../data/sensitive.ts'
import { standardFieldRows } from '../data/standard-fields.ts'
import type { Parts } from '../parts.ts'
import { personNamesOf } from '../projects/question-context.ts'
import type { Template, TemplateData } from './template.ts'

type DataParts = Pick<Parts, 'catalog' | 'store' | 'clock'>

/** What is known of a project that templates are offered to. */
export interface ProjectData {
  events: ReadonlyMap<string, EventDefinition>
  properties: ReadonlyMap<string, PropertyDefinition>
  /** For each standard field that a template reads: how many have it, and its most frequent value where it may be shown. */
  fields: ReadonlyMap<string, { known: number; top: string | null }>
  everyone: { person: number; account: number }
  data: TemplateData
}

const mostNames = 5000

/** What templates are filled in with: the project's own names and most frequent values. */
export async function projectData(parts: DataParts, project: Project, offered: readonly Template[]): Promise<ProjectData> {
  const [{ results: events }, { results: properties }] = await Promise.all([
    eventDefinitions(parts, project, { limit: mostNames, show: 'all' }),
    propertyDefinitions(parts, project, { limit: mostNames, show: 'all', of: 'event' }),
  ])
  const known = { events: new Map(events.map((each) => [each.name, each])), properties: new Map(properties.map((each) => [each.name, each])) }
  const property: TemplateData['property'] = (...names) => names.find((name) => known.properties.has(name)) ?? names[0]
  const asked = whatTheyAsk(offered, { project, property })
  const [fields, values] = await Promise.all([fieldsOf(parts, project, asked.fields), valuesOf(parts, project, { asked: asked.values, ...known })])
  const today = Temporal.Instant.fromEpochMilliseconds(parts.clock()).toZonedDateTimeISO(project.timezone).toPlainDate()
  return {
    ...known,
    ...fields,
    data: {
      value: (field, example) => fields.fields.get(field)?.top ?? example,
      event: (...names) => mostUsed(names, known.events),
      property,
      propertyRole: (role, example) => project.roles.properties[role] ?? example,
      eventValue: (property, example) => values.get(property) ?? example,
      daysAgo: (days) => today.subtract({ days }).toString(),
    },
  }
}

function mostUsed(names: readonly [string, ...string[]], known: ReadonlyMap<string, { count: number }>): string {
  return names.reduce((best, name) => ((known.get(name)?.count ?? -1) > (known.get(best)?.count ?? -1) ? name : best))
}

/** The fields and values that templates ask for, found by letting them ask. */
function whatTheyAsk(
  offered: readonly Template[],
  { project: { roles }, property }: { project: Project; property: TemplateData['property'] },
): { fields: Set<string>; values: Set<string> } {
  const fields = new Set<string>()
  const values = new Set<string>()
  const listening: TemplateData = {
    value: (field, example) => {
      fields.add(field)
      return example
    },
    event: (first) => first,
    property,
    propertyRole: (role, example) => roles.properties[role] ?? example,
    eventValue: (property, example) => {
      values.add(property)
      return example
    },
    daysAgo: () => '2000-01-01',
  }
  for (const template of offered) {
    template.where(listening)
    for (const need of template.needs.flatMap((each) => ('anyOf' in each ? each.anyOf : [each]))) if ('field' in need) fields.add(need.field)
  }
  return { fields, values }
}

/** A statement over many fields takes the store longer to read than to answer. */
const fieldsAtOnce = 6

async function fieldsOf(parts: DataParts, project: Project, asked: ReadonlySet<string>): Promise<Pick<ProjectData, 'fields' | 'everyone'>> {
  // How many have each is counted below, of those that are asked for alone.
  const rows = await standardFieldRows(parts, project, { known: false })
  const present = rows.filter(({ found }) => found.length > 0).map(({ name }) => name)
  const everyone = {
    person: await countOf(parts, personsWhere({ projectId: project.id })),
    account: await countOf(parts, accountsWhere({ projectId: project.id })),
  }
  const ofAccounts = everyone.account === 0 ? [] : [...asked].map((key) => `standard.${key}`).filter((name) => standardFieldNamed(name)?.of === 'account')
  const found = new Map([
    ...(await topValues(parts, project, {
      names: present.filter((name) => asked.has(name.slice(standardPrefix.length))),
      rows: personsWhere({ projectId: project.id }),
    })),
    ...(await topValues(parts, project, { names: ofAccounts, rows: accountsWhere({ projectId: project.id }) })),
  ])
  return { everyone, fields: found }
}

async function countOf({ store }: DataParts, rows: Sql): Promise<number> {
  const [row] = await store.query<{ n: string }>(render(sql`select count() as n ${rows}`))
  return Number(row?.n ?? 0)
}

type Found = { known: number; top: string | null }

/** By key, without the prefix. */
async function topValues(parts: DataParts, project: Project, { names, rows }: { names: readonly string[]; rows: Sql }): Promise<[string, Found][]> {
  const sensitivity = await sensitivityOf(parts, project.id)
  const at = { now: parts.clock(), timezone: project.timezone, personNames: await personNamesOf(parts, project.id) }
  const found: [string, Found][] = []
  for (let start = 0; start < names.length; start += fieldsAtOnce) {
    const some = names.slice(start, start + fieldsAtOnce)
    const columns = some.map((name) => {
      const { exists, list } = personProperty(name, at)
      return sql`(countIf(ifNull(${exists}, 0)), topKArray(1)(${list})[1])`
    })
    const [row] = await parts.store.query<{ found: [string, string][] }>(render(sql`select [${join(columns, ', ')}] as found ${rows}`), { seconds: 10 })
    some.forEach((name, index) => {
      const [known = '0', top = ''] = row?.found[index] ?? []
      found.push([name.slice(standardPrefix.length), { known: Number(known), top: top === '' || sensitivity.person(name) ? null : top }])
    })
  }
  return found
}

async function valuesOf(
  parts: DataParts,
  project: Project,
  { asked, properties }: { asked: ReadonlySet<string> } & Pick<ProjectData, 'properties'>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const property of asked) {
    const known = properties.get(property)
    const [sample] = known?.samples ?? []
    // A field of items is no property of its own, so it has no samples.
    const [top] =
      sample === undefined && known?.sensitive !== true ? await propertyValues(parts, project, { of: 'event', property, limit: 1, reveal: false }) : []
    const value = sample ?? top?.value
    if (value !== undefined) found.set(property, value)
  }
  return found
}
