import { absentNumber, planTrait, render, traitSentence, valuesOfOneSql } from '@kindred/engine'
import { builtInTraits, type Project, type TraitValue, traitType } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { wordsOf } from '../segments/words.ts'
import { allTraits, needsOf } from './list-traits.ts'
import { shownValue } from './shown-value.ts'

/** What every trait of people, or of accounts, is of one of them, now; in the order of their labels. */
export async function traitValues(parts: Parts, project: Project, of: { unit: 'person' | 'account'; id: number }): Promise<TraitValue[]> {
  const context = await questionContext(parts, project)
  const words = wordsOf(context)
  const traits = [...allTraits(context).values()].filter(({ definition }) => definition.unit === of.unit)
  const planned = traits.map(({ name, label, definition }) => planTrait(definition, context, { name, label }))
  const statement = valuesOfOneSql(planned, of.id, context)
  const rows = statement === null ? [] : await parts.store.query<{ indexes: number[]; values: (string | null)[] }>(render(statement))
  const found = new Map(rows.flatMap(({ indexes, values }) => indexes.map((index, place) => [index, values[place] ?? 'null'])))
  return traits
    .map(({ name, label, definition }, index): TraitValue => {
      const type = traitType(definition)
      const [json, plan] = [found.get(index), planned[index]]
      const value = json === undefined ? (plan === undefined ? null : absentNumber(plan, context)) : shownValue(type, json)
      const sentence = traitSentence(definition, words)
      return { name, label, type, unit: definition.unit, sentence, builtIn: builtInTraits.has(name), needs: needsOf(definition, context), value }
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
}
