import {
  bind,
  eventNameSql,
  eventProperty,
  eventsWhere,
  itemsOfJson,
  jsonProperty,
  noAnswer,
  raw,
  render,
  type Sql,
  sql,
  surveyAnswerSql,
} from '@kindred/engine'
import { type Project, type questionsRequest, surveyEvents, surveyNameProperties, surveyQuestionList, textPattern, type ValueCount } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'

/** The questions that surveys asked, by their words, or by their ids where they have none, with how many answers came; those with most come first. */
export async function surveyQuestions(
  { store }: Pick<Parts, 'store'>,
  project: Project,
  { search = '', limit }: z.output<typeof questionsRequest>,
): Promise<ValueCount[]> {
  const found = search.trim() === '' ? raw('1') : sql`match(value, ${bind('String', textPattern([search.trim()], 'anywhere'))})`
  const asked = itemsOfJson(sql`ifNull(${eventProperty(surveyQuestionList).json}, '[]')`)
  const listed = sql`arrayMap(q -> if(JSONExtractString(q, 'question') = '', JSONExtractString(q, 'id'), JSONExtractString(q, 'question')), ${asked})`
  // Without the columns that every event has, of which none is a question.
  const paths = raw('arrayConcat(JSONDynamicPaths(e.properties), JSONSharedDataPaths(e.properties))')
  const keys = sql`arrayMap(path -> replaceAll(splitByChar('.', path)[1], '%2E', '.'), ${paths})`
  // Plain events carry each answer by the question's own name; what the SDKs add begins with a dollar.
  const named = sql`arrayFilter(key -> not startsWith(key, '$') and not has(${bind('Array(String)', [...surveyNameProperties])}, key), ${keys})`
  const questions = sql`select arrayJoin(arrayDistinct(arrayConcat(${listed}, ${named}))) as value ${answeredEvents(project)}`
  const rows = await store.query<{ value: string; n: string }>(
    render(
      sql`select value, count() as n from (${questions}) where value != '' and ${found} group by value order by n desc, value limit ${bind('UInt32', limit)}`,
    ),
    { seconds: 10 },
  )
  return rows.map(({ value, n }) => ({ value, count: Number(n) }))
}

/** One column, `value`: the answers to a question, each of a list for itself. */
export function answersTo(question: string, project: Project): Sql {
  const said = sql`select ${surveyAnswerSql(question)} as said ${answeredEvents(project)}`
  return sql`select arrayJoin(${jsonProperty(raw('said')).list}) as value from (${said}) where said not in (${raw(noAnswer)})`
}

function answeredEvents({ id }: Project): Sql {
  return eventsWhere({ projectId: id }, [eventNameSql([...surveyEvents])])
}
