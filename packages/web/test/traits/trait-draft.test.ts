import { builtInTraits, type TraitDefinition, traitDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { formulaMistakes, formulaWords, newFormula, withoutOperand } from '../../src/traits/formula-draft.ts'
import { labelMistakes, labelsWords, newLabels } from '../../src/traits/labels-draft.ts'
import { definitionOf, draftOf, traitMistake } from '../../src/traits/trait-draft.ts'

const back = (definition: TraitDefinition) => {
  const draft = draftOf({ definition })
  return draft === null ? null : { kind: draft.kind, definition: traitDefinitionSchema.parse(definitionOf(draft)), mistake: traitMistake(draft) }
}

test('formulas and labels come back from their fields as they were, down to what was written as JSON', () => {
  const kinds = [...builtInTraits.values()].map(({ definition }) => {
    const read = traitDefinitionSchema.parse(definition)
    const found = back(read)
    if (found !== null) expect({ definition: found.definition, mistake: found.mistake }).toEqual({ definition: read, mistake: null })
    return found?.kind
  })
  expect(kinds.filter((kind) => kind === 'formula').length).toBeGreaterThan(8)
  expect(kinds.filter((kind) => kind === 'labels').length).toBe(2)
  const labels = traitDefinitionSchema.parse({ labels: { first: [{ label: 'gold', where: { in: 3 } }], otherwise: 'others' } })
  expect(back(labels)).toEqual({ kind: 'labels', definition: labels, mistake: null })
  const night = traitDefinitionSchema.parse({ count: { did: 'order', within: { period: 'today', zone: 'person' }, during: { hours: { from: 22, to: 6 } } } })
  expect(back(night)).toEqual({ kind: 'events', definition: night, mistake: null })
})

test('what is wrong with a formula is told at its text, or at the letter', () => {
  const formula = (text: string, names: string[]) => formulaMistakes({ ...newFormula, text, of: names.map((name) => ({ is: 'trait' as const, name })) })
  expect(formula('A / B', ['total_spent', ''])).toEqual({ text: null, of: [null, 'Choose a trait.'] })
  const told = (text: string) => formula(text, ['total_spent', 'total_orders']).text
  expect(['A / B', '(A - 2.5) * b ** 2', 'A % B'].map(told)).toEqual([null, null, null])
  expect(told('A / C')).toBe('Nothing stands for C: the letters are A to B.')
  expect(told('AB')).toBe('Write a sign between the letters of AB.')
  expect([told(')A('), told('(A'), told('A # B'), told(' ')].every((mistake) => mistake !== null)).toBe(true)
})

test('a removed letter leaves no other with its meaning', () => {
  const of = ['a', 'b', 'c'].map((name) => ({ is: 'trait' as const, name }))
  const draft = withoutOperand({ ...newFormula, text: 'A + B / C', of }, 1)
  expect(draft.of.map((operand) => operand.is === 'trait' && operand.name)).toEqual(['a', 'c'])
  expect(draft.text).toBe('A + C / B')
  expect(formulaMistakes(draft).text).toBe('Nothing stands for C: the letters are A to B.')
})

test('formulas and labels are said as they are typed', () => {
  expect(formulaWords({ text: '(A-B)/2', floor: 0 }, ['Total spent', ''])).toBe('(Total spent − …) ÷ 2, no less than 0')
  const first = [
    { label: 'gold', segment: 3 },
    { label: 'gold', segment: null },
  ]
  expect(labelsWords({ ...newLabels, first, otherwise: 'rest' }, (id) => (id === 3 ? 'Big spenders' : undefined))).toBe(
    '“gold” of those in “Big spenders”; “gold” of those in “…”; else “rest”',
  )
  expect(labelMistakes({ ...newLabels, first })).toEqual([
    { label: null, segment: null },
    { label: 'A row above gives this label already.', segment: 'Choose a segment.' },
  ])
})
