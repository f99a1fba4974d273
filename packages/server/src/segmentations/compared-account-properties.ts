import { isSensitiveName, type Project, propertyLabel, standardFields, standardLabel, standardName } from '@kindred/model'
import { sql } from 'kysely'
import { sensitivityOf } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'
import { type Candidate, withoutSource } from './compared-properties.ts'

/** What names one account, and tells no kinds of accounts apart. */
const tooPersonal = new Set(['account_name', 'account_domain'])
const most = 60

interface Held {
  name: string
  /** How many accounts have it, and for how many it is a number. */
  count: number
  numbers: number
}

/** The standard fields of accounts that the project has, and the properties of accounts that are no source of one, most used first; nothing sensitive. */
export async function comparedAccountProperties(parts: Pick<Parts, 'catalog'>, project: Project): Promise<Candidate[]> {
  const held = await heldProperties(parts, project.id)
  const sensitivity = await sensitivityOf(parts, project.id)
  const names = new Set(held.map(({ name }) => name))
  const fields = standardFields.filter(({ of, sources }) => of === 'account' && sources.some((source) => names.has(topOf(source))))
  const sources = new Set(fields.flatMap((field) => field.sources.map(topOf)))
  const standard = fields
    .filter((field) => !tooPersonal.has(field.key) && !sensitivity.person(standardName(field)))
    .map((field): Candidate => ({ name: standardName(field), label: withoutSource(standardLabel(field)), type: field.type === 'number' ? 'number' : 'values' }))
  const own = held
    .filter(({ name }) => !sources.has(name) && !isSensitiveName(name))
    .map(({ name, count, numbers }): Candidate => ({ name, label: propertyLabel(name), type: numbers > count / 2 ? 'number' : 'values' }))
  return [...standard, ...own].slice(0, most)
}

/** A source inside an object is known by the object's name. */
const topOf = (source: string): string => source.split('.')[0] ?? source

async function heldProperties({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select each.key as name, count(*) as count, sum(each.type in ('integer', 'real')) as numbers
    from accounts, json_each(accounts.properties) as each
    where accounts.project_id = ${projectId} and each.type <> 'null'
    group by each.key order by count desc, name`.execute(catalog)
  return rows
}
