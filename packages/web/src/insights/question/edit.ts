import type { EventChoice, Measure, PropertyDefinition, Roles } from '@kindred/model'
import { valueTypeOf } from '../../conditions/value-type.ts'
import { letterOf, type Question, type SeriesDraft } from './question.ts'
import { needsProperty } from './words.ts'

/** Edits of a question; each answers a new one. */

export const newSeries = (event: EventChoice): SeriesDraft => ({ event, measure: 'total', filters: [] })

export const addSeries = (question: Question, series: SeriesDraft): Question => ({ ...question, series: [...question.series, series] })

export const setSeries = (question: Question, index: number, series: SeriesDraft): Question => ({
  ...question,
  series: question.series.map((each, place) => (place === index ? series : each)),
})

/** Takes a series out. Formulas go on meaning the same series; one that needs the lost series goes with it. */
export function removeSeries(question: Question, index: number): Question {
  if (question.series.length === 1) return question
  const series = question.series.filter((_, place) => place !== index)
  const formulas = question.formulas.filter((formula) => !lettersOf(formula).includes(letterOf(index))).map((formula) => shifted(formula, index))
  return { ...question, series, formulas }
}

/** Changes the measure; one that needs a number property gets the likeliest at once. */
export function setMeasure(series: SeriesDraft, measure: Measure, known: { properties: readonly PropertyDefinition[]; roles: Roles }): SeriesDraft {
  const { property, ...rest } = series
  if (!needsProperty(measure)) return { ...rest, measure }
  return { ...rest, measure, property: property ?? likeliestNumber(known.properties, known.roles) }
}

/** The property that is the value of an order, else the most used number. */
export function likeliestNumber(properties: readonly PropertyDefinition[], roles: Roles): string | undefined {
  const numbers = properties
    .filter((each) => each.of === 'event' && !each.name.startsWith('$') && valueTypeOf(each) === 'number')
    .sort((a, b) => b.count - a.count)
  const value = roles.properties.value
  return numbers.find((each) => each.name === value)?.name ?? numbers[0]?.name ?? value
}

const lettersOf = (formula: string): string[] => [...formula.matchAll(/\b[A-Za-z]\b/g)].map(([letter]) => letter.toUpperCase())

/** What is wrong with a formula that can be told without asking: a letter that names no series. */
export function formulaMistake(formula: string, series: number): string | null {
  const unknown = lettersOf(formula).find((letter) => letter.charCodeAt(0) - 65 >= series)
  if (unknown === undefined) return null
  return `There is no series ${unknown}. The series are ${series === 1 ? 'A only' : `A to ${letterOf(series - 1)}`}.`
}

const shifted = (formula: string, gone: number): string =>
  formula.replace(/\b[A-Za-z]\b/g, (letter) => {
    const index = letter.toUpperCase().charCodeAt(0) - 65
    return index > gone ? letterOf(index - 1) : letter
  })

/** The world map shows every country, so a breakdown on its way there loses its limit of 25 and gets it back after. */
export function setDisplay(question: Question, display: Question['display']): Question {
  const { breakdown } = question
  if (breakdown === undefined || 'segments' in breakdown) return { ...question, display }
  if (display === 'map' && breakdown.limit === 25) return { ...question, display, breakdown: { ...breakdown, limit: 250 } }
  if (question.display === 'map' && display !== 'map' && breakdown.limit === 250) return { ...question, display, breakdown: { ...breakdown, limit: 25 } }
  return { ...question, display }
}
