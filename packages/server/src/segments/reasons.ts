import { type Clause, type CompileContext, clauseSentence, type DidPlan, didPlanOf, isGroup, render, seenSql } from '@kindred/engine'
import { type PersonRow, textOf } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { wordsOf } from './words.ts'

interface Asked {
  context: CompileContext
  clauses: readonly Clause[]
  people: readonly number[]
}

type Reasons = (person: PersonRow, met: readonly (0 | 1)[]) => string[]

/**
 * Why people are in: each single clause they meet, with the value seen. Groups are left out, since their parts say it. `met` holds
 * one answer for each clause.
 */
export async function clauseReasons({ store }: Pick<Parts, 'store'>, { context, clauses, people }: Asked): Promise<Reasons> {
  const plans = clauses.flatMap(({ plan }) => didPlanOf(plan) ?? [])
  const seen = new Map<string, number>()
  if (plans.length > 0 && people.length > 0) {
    const rows = await store.query<{ plan: number; person: string; seen: number }>(render(seenSql(plans, people, context)))
    for (const row of rows) seen.set(`${row.plan} ${row.person}`, row.seen)
  }
  const words = wordsOf(context)
  return (person, met) =>
    clauses.flatMap((clause, index) => {
      if (met[index] !== 1 || isPart(clause, clauses)) return []
      const sentence = clauseSentence(clause.condition, words)
      const plan = didPlanOf(clause.plan)
      return [plan === null ? withProperty(sentence, clause, person) : withSeen(sentence, plan, seen.get(`${plans.indexOf(plan)} ${person.id}`))]
    })
}

/** Groups are said by their parts, and what is under a `not` by the `not`. */
function isPart({ path, condition }: Clause, clauses: readonly Clause[]): boolean {
  if (isGroup(condition)) return true
  return clauses.some((other) => path.startsWith(`${other.path}.not`))
}

function withSeen(sentence: string, { quantity: { measure } }: DidPlan, seen: number | undefined): string {
  if (seen === undefined) return sentence
  if (measure.of !== 'count') return `${sentence} (${seen.toLocaleString('en', { maximumFractionDigits: 2 })})`
  return seen === 0 ? sentence : `${sentence} (${seen.toLocaleString('en')} ${seen === 1 ? 'time' : 'times'})`
}

function withProperty(sentence: string, { condition }: Clause, person: PersonRow): string {
  const inner = 'not' in condition ? condition.not : condition
  if (!('property' in inner)) return sentence
  const value = person.properties[inner.property]
  const text = textOf(value) ?? (value === undefined || value === null || value === '' ? 'not known' : JSON.stringify(value))
  return sentence.endsWith(text) ? sentence : `${sentence} (${text})`
}
