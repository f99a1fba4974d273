import { type ImportInspection, type ImportMappingInput, standardFields } from '@kindred/model'
import { type PropertyMap, propertyName } from './mapping-columns.ts'
import type { EventMapping } from './mapping-event.ts'

export type PersonMapping = NonNullable<ImportMappingInput['person']>
export type AccountMapping = NonNullable<ImportMappingInput['account']>
export type IdFrom = AccountMapping['id']

/** What the rows of a file are. */
export type RowKind = 'event' | 'person' | 'account' | 'export'

export function kindOf({ export: product, account, event }: ImportMappingInput): RowKind {
  if (product !== undefined) return 'export'
  if (account !== undefined) return 'account'
  return event === undefined ? 'person' : 'event'
}

/** `mapping` about rows of another kind; columns and names that fit there are taken along. `kept`: the event as it was before. */
export function withKind(
  mapping: ImportMappingInput,
  kind: RowKind,
  { columns, kept }: { columns: ImportInspection['columns']; kept?: EventMapping },
): ImportMappingInput {
  const { export: _, person, account, event, ...form } = mapping
  const first = columns[0]?.name ?? ''
  const properties: PropertyMap = { ...(account?.properties ?? {}), ...(event?.properties ?? {}), ...(person?.properties ?? {}) }
  if (kind === 'account') {
    const id = person !== undefined && !isRow(person.id) ? person.id : (account?.id ?? first)
    return { ...form, account: { type: account?.type ?? 'company', id, properties } }
  }
  const id = person?.id ?? account?.id ?? first
  if (kind === 'person') return { ...form, person: { ...(person ?? { id }), properties } }
  const { time, otherIds, ...who } = person ?? { id }
  const dates = columns.filter(({ type }) => type === 'date').map(({ name }) => name)
  const column = time?.column ?? dates.find((name) => !readOfPeople.has(propertyName(name))) ?? dates[0] ?? first
  const staysWithPerson = (name: string) => (kept === undefined ? readOfPeople.has(name) : kept.properties?.[name] === undefined)
  const named = (stays: boolean) => Object.fromEntries(Object.entries(properties).filter(([name]) => staysWithPerson(name) === stays))
  return {
    ...form,
    person: { ...who, properties: named(true) },
    event: kept ?? { name: 'row_imported', time: { ...time, column }, properties: named(false) },
  }
}

/** What tells who somebody is; the other columns of a row that happened tell what happened. */
const readOfPeople = new Set(standardFields.filter(({ of }) => of === 'person').flatMap(({ sources }) => sources))

function isRow(id: PersonMapping['id']): id is { row: true; prefix: string } {
  return typeof id === 'object' && 'row' in id
}

/** The parts of an id as a form edits them; `column` is null where each row is a person of its own. */
export function idParts(id: PersonMapping['id']): { column: string | null; suffix: string; prefix: string } {
  if (typeof id === 'string') return { column: id, suffix: '', prefix: '' }
  if ('row' in id) return { column: null, suffix: '', prefix: id.prefix }
  return { column: id.column, suffix: id.withoutSuffix ?? '', prefix: id.prefix ?? '' }
}

/** As short as it can be said. */
export function idOf(column: string, suffix: string, prefix: string): IdFrom {
  if (suffix === '' && prefix === '') return column
  return { column, ...(suffix === '' ? {} : { withoutSuffix: suffix }), ...(prefix === '' ? {} : { prefix }) }
}

export function idColumn(id: IdFrom): string {
  return typeof id === 'string' ? id : id.column
}
