import {
  areas,
  type Condition,
  type ConditionKind,
  conditionKinds,
  kindOf,
  measureNames,
  messageActions,
  messageChannels,
  operatorNames,
  partsOf,
  periods,
  placeNamesAsked,
  segmentDefinitionSchema,
  sessionFacts,
} from '@kindred/model'
import { expect, test } from 'vitest'
import { corpusFiles } from './corpus.ts'

const cases = corpusFiles().flatMap(({ world }) => world.cases)
const answered = cases.filter(({ refused }) => refused === undefined).map(({ definition }) => segmentDefinitionSchema.parse(definition))
const objects = answered.flatMap(({ where }) => [...objectsIn(where)])

function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const each of Object.values(value)) yield* objectsIn(each)
}

function* conditionsIn(condition: Condition): Generator<Condition> {
  yield condition
  for (const { part } of partsOf(condition)) yield* conditionsIn(part)
}

/** What stands at a key of any object that has another key too, or of any object; a list as each of its entries. */
const said = (key: string, beside: string = key) => new Set(objects.filter((each) => beside in each).flatMap((each) => [each[key]].flat()))
const asking = objects.filter((each) => 'property' in each || 'trait' in each || 'survey' in each)
const withKey = (names: readonly string[], among = objects) => names.filter((name) => among.some((each) => name in each))

const windows = objects.flatMap(({ within, since }) => [within ?? since].filter((each) => typeof each === 'object' && each !== null)) as typeof objects
const windowForms = ['last', 'wholeDays', 'wholeMonths', 'wholeHours', 'sameTime', 'full', 'before', 'ago', 'from', 'to', 'period']

/** What nothing can answer yet: each is refused by name, which the case of its kind would be about. */
const unanswered: readonly ConditionKind[] = ['model', 'flag', 'experiment']

test.each<[string, readonly string[], readonly unknown[]]>([
  ['kind of condition', conditionKinds.filter((kind) => !unanswered.includes(kind)), answered.flatMap(({ where }) => [...conditionsIn(where)].map(kindOf))],
  ['operator', operatorNames, withKey(operatorNames, asking)],
  ['measure of events', measureNames, withKey(measureNames)],
  ['period', periods, [...said('period')]],
  ['form of a window', windowForms, withKey(windowForms, windows)],
  ['area', areas, [...said('area')]],
  [
    'part of a place',
    placeNamesAsked,
    withKey(
      placeNamesAsked,
      objects.filter((each) => 'place' in each),
    ),
  ],
  [
    'fact of a session',
    sessionFacts,
    answered.flatMap(({ where }) => [...conditionsIn(where)].flatMap((each) => ('session' in each ? each.session.map(({ property }) => property) : []))),
  ],
  ['action on a message', messageActions, [...said('message')]],
  ['channel of a message', messageChannels, [...said('channel', 'message')]],
])('the corpus has a case of every %s', (_, names, covered) => {
  expect(names.filter((name) => !covered.includes(name))).toEqual([])
})
