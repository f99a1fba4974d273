import { builtInTraits, type TraitDefinition, traitDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { group, row } from '../../src/segments/tree/node.ts'
import { formulaMistakes, formulaWords, newFormula, withoutOperand } from '../../src/traits/formula-draft.ts'
import { labelMistakes, labelsDraftOf, labelsWords, newLabels, warningsOfLabel } from '../../src/traits/labels-draft.ts'
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

test('what is warned of in the conditions of a label stands at its rows', () => {
  const warned = (path: string) => ({ path, reason: path })
  const warnings = ['definition.labels.first.1.where.all.0', 'definition.labels.first.12.where', 'definition', 'definition.labels.first.1.where'].map(warned)
  expect(warningsOfLabel(warnings, 1).map(({ path }) => path)).toEqual(['where.all.0', 'where'])
})

test('formulas and labels are said as they are typed', () => {
  expect(formulaWords({ text: '(A-B)/2', floor: 0 }, ['Total spent', ''])).toBe('(Total spent − …) ÷ 2, no less than 0')
  const first = [
    { label: 'gold', who: { is: 'segment' as const, segment: 3 } },
    { label: 'gold', who: { is: 'segment' as const, segment: null } },
  ]
  expect(labelsWords({ ...newLabels, first, otherwise: 'rest' }, (id) => (id === 3 ? 'Big spenders' : undefined))).toBe(
    '“gold” of those in “Big spenders”; “gold” of those in “…”; else “rest”',
  )
  expect(labelMistakes({ ...newLabels, first })).toEqual([
    { label: null, who: null },
    { label: 'A row above gives this label already.', who: 'Choose a segment.' },
  ])
})

test('a label is given by conditions that stand in the rows of the builder, and no unfinished one is lost', () => {
  const where = { all: [{ did: { role: 'order' }, count: { atLeast: 2 } }, { not: { property: 'plan', is: ['free'] } }] }
  const definition = traitDefinitionSchema.parse({
    labels: {
      first: [
        { label: 'loyal', where },
        { label: 'gold', where: { in: 3 } },
      ],
    },
  })
  expect(back(definition)).toEqual({ kind: 'labels', definition, mistake: null })
  const draft = labelsDraftOf(definition)
  const who = draft?.first[0]?.who
  expect(who?.is === 'conditions' && who.root.children.map((child) => child.kind === 'row' && child.draft.kind)).toEqual(['did', 'property'])
  expect(labelsWords(draft ?? newLabels, () => 'Big spenders')).toBe('“loyal” of those who match 2 conditions; “gold” of those in “Big spenders”')
  const unfinished = group('all', [row({ kind: 'did', did: null })])
  const withConditions = (root: typeof unfinished) => ({ ...newLabels, first: [{ label: 'loyal', who: { is: 'conditions' as const, root } }] })
  expect(labelMistakes(withConditions(group('all', [])))).toEqual([{ label: null, who: 'Add a condition.' }])
  expect(traitMistake(withConditions(unfinished))).toBe('Choose what they did.')
})
