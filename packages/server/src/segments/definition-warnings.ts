import { bind, type PlannedSegment, type PlannedTrait, render, sql } from '@kindred/engine'
import {
  barePostalCode,
  type Condition,
  conditionsOfTrait,
  countryCodeNamed,
  type DefinitionWarning,
  englishCountryName,
  partsOf,
  postalArea,
  type SegmentDefinition,
  type TraitDefinition,
} from '@kindred/model'
import type { Parts } from '../parts.ts'

/** What can be run but is hardly meant, at the row it stands in: what the planner sees, and postal codes that are in no installed table, which the store knows. */
export async function definitionWarnings(
  parts: Pick<Parts, 'store'>,
  { where }: Pick<SegmentDefinition, 'where'>,
  { warnings }: Pick<PlannedSegment, 'warnings'>,
): Promise<DefinitionWarning[]> {
  return [...warnings, ...(await unknownPostalCodes(parts, [{ path: 'where', where }]))]
}

/** The same of a trait, whose labels and people are chosen by conditions. */
export async function traitWarnings(
  parts: Pick<Parts, 'store'>,
  definition: TraitDefinition,
  { warnings }: Pick<PlannedTrait, 'warnings'>,
): Promise<DefinitionWarning[]> {
  const conditions = conditionsOfTrait(definition).map(({ step, where }) => ({ path: `definition.${step}`, where }))
  return [...warnings, ...(await unknownPostalCodes(parts, conditions))]
}

interface Named {
  path: string
  country: string
  code: string
}

async function unknownPostalCodes({ store }: Pick<Parts, 'store'>, conditions: readonly { path: string; where: Condition }[]): Promise<DefinitionWarning[]> {
  const named = conditions.flatMap(({ path, where }) => [...namedIn(where, path)])
  if (named.length === 0) return []
  const wanted = named.flatMap(({ country, code }) => spellings(country, code).map((each) => `${country} ${each}`))
  const rows = await store.query<{ known: string }>(
    render(sql`select concat(country_code, ' ', code) as known from kindred.postal_codes where known in ${bind('Array(String)', wanted)}`),
  )
  const known = new Set(rows.map((row) => row.known))
  return named
    .filter(({ country, code }) => !spellings(country, code).some((each) => known.has(`${country} ${each}`)))
    .map(({ path, country, code }) => ({
      path,
      reason: `“${code}” is not among the postal codes of ${englishCountryName(country) ?? country}, so nobody is near it`,
    }))
}

/** The code as the table has it, or the area it belongs to where only that is known. */
function spellings(country: string, code: string): string[] {
  const bare = barePostalCode(code)
  return [bare, postalArea(country, bare)]
}

function* namedIn(condition: Condition, path: string): Generator<Named> {
  if ('place' in condition && condition.near?.postalCode !== undefined) {
    const country = countryCodeNamed(condition.near.country ?? '')
    if (country !== undefined) yield { path: `${path}.near.postalCode`, country, code: condition.near.postalCode }
  }
  for (const { step, part } of partsOf(condition)) yield* namedIn(part, `${path}.${step}`)
}
