import type { TrendsQuery } from '@kindred/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Asked, ask, type Question, readQuestion } from '../question/question.ts'
import { type InsightSearch, readSearch, writeSearch } from '../question/search.ts'

export interface QuestionState {
  /** As the builder shows it, unfinished rows included. */
  question: Question
  asked: Asked
  /** The question of the address, which is the last complete one. */
  query: TrendsQuery
  /** Why the address could not be read; the page then shows what it opens on. */
  error: string | null
  change: (question: Question) => void
}

/**
 * The question on the page. The address holds it whole; what is being typed is kept beside it until it is complete. A
 * change of the address from elsewhere (back, a link) replaces what was being typed.
 */
export function useQuestion(opensOn: TrendsQuery): QuestionState {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const read = readSearch(search)
  const query = read !== null && 'query' in read ? read.query : opensOn
  const address = addressOf(query)
  const [typed, setTyped] = useState({ address, question: readQuestion(query) })
  const question = typed.address === address ? typed.question : readQuestion(query)

  const change = (next: Question) => {
    const asked = ask(next)
    setTyped({ address: asked.query === null ? address : addressOf(asked.query), question: next })
    if (asked.query === null || addressOf(asked.query) === address) return
    void navigate({ to: '.', search: (before) => ({ ...withoutQuestion(before), ...writeSearch(asked.query as TrendsQuery) }), resetScroll: false })
  }
  return { question, asked: ask(question), query, error: read !== null && 'error' in read ? read.error : null, change }
}

const parts: (keyof InsightSearch)[] = [
  'series',
  'formulas',
  'by',
  'filters',
  'from',
  'to',
  'interval',
  'display',
  'cumulative',
  'smoothing',
  'compare',
  'format',
]

/** The rest of the address: the project. */
const withoutQuestion = (search: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !(parts as string[]).includes(name)))

const addressOf = (query: TrendsQuery): string => JSON.stringify(writeSearch(query))
