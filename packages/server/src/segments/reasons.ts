import { type Clause, type CompileContext, clauseSentence, type DidPlan, didPlanOf, isGroup, render, type Subject, seenSql } from '@kindred/engine'
import { type AccountRow, type PersonRow, standardFieldNamed, textOf } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { wordsOf } from './words.ts'

interface Asked {
  context: CompileContext
  clauses: readonly Clause[]
  subject: Subject
  ids: readonly number[]
}

type Known = Pick<PersonRow | AccountRow, 'id' | 'properties'>
type Reasons = (one: Known, met: readonly (0 | 1)[]) => string[]

/**
 * Why people, or accounts, are in: each single clause they meet, with the value seen. Groups are left out, since their parts say it. `met` holds
 * one answer for each clause.
 */
export async function clauseReasons({ store }: Pick<Parts, 'store'>, { context, clauses, subject, ids }: Asked): Promise<Reasons> {
  const plans = clauses.flatMap(({ plan }) => didPlanOf(plan) ?? [])
  const seen = new Map<string, number>()
  if (plans.length > 0 && ids.length > 0) {
    const rows = await store.query<{ plan: number; id: string; seen: number }>(render(seenSql(plans, ids, { context, subject })))
    for (const row of rows) seen.set(`${row.plan} ${row.id}`, row.seen)
  }
  const words = wordsOf(context)
  const who = subject.unit === 'account' ? 'that' : 'who'
  return (one, met) =>
    clauses.flatMap((clause, index) => {
      if (met[index] !== 1 || isPart(clause, clauses)) return []
      const sentence = clauseSentence(clause.condition, words, who)
      const plan = didPlanOf(clause.plan)
      return [plan === null ? withProperty(sentence, clause, one) : withSeen(sentence, plan, seen.get(`${plans.indexOf(plan)} ${one.id}`))]
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

function withProperty(sentence: string, { condition }: Clause, { properties }: Known): string {
  const inner = 'not' in condition ? condition.not : condition
  // A standard field is made of several properties, in one form: none of them as it stands is the value seen.
  if (!('property' in inner) || standardFieldNamed(inner.property) !== undefined) return sentence
  const value = properties[inner.property]
  const text = textOf(value) ?? (value === undefined || value === null || value === '' ? 'not known' : JSON.stringify(value))
  return sentence.endsWith(text) ? sentence : `${sentence} (${text})`
}
