import {
  KindredError,
  matches,
  type Operator,
  operatorOf,
  operatorProblem,
  type SurveyCondition,
  surveyAnswerPrefix,
  surveyEvents,
  surveyNameProperties,
  surveyQuestionList,
} from '@kindred/model'
import { eventNameSql } from '../event-match.ts'
import { operatorSql } from '../operator/operator.ts'
import { eventProperty, itemsOfJson, jsonField, jsonProperty } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { livedEvent, livedSubject } from '../zone/lived-in.ts'
import { isLocal, planWhen, type When, whenSql } from '../zone/when.ts'
import { anyPropertyIs } from './any-property.ts'
import { windowWords } from './did-words.ts'
import { operatorWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { warnOfNothing } from './property.ts'
import type { Compiling, Reading } from './reading.ts'

export interface SurveyPlan extends Plan {
  readonly kind: 'survey'
  /** undefined: any survey. */
  readonly name: string | undefined
  readonly question: string
  readonly operator: Operator
  readonly when: When
  readonly now: number
  readonly timezone: string
  /** Whether somebody who never answered meets the operator. */
  readonly includesNone: boolean
}

/** The last answer to a question. Who never answered has none, which meets only `missing` and the negative operators. */
export const survey: Reading<SurveyCondition, SurveyPlan> = {
  plan: (condition, planning) => {
    const { now, timezone } = planning.context
    const operator = operatorOf(condition)
    const reason = operatorProblem(operator)
    if (reason !== null) throw new KindredError('segment/invalid', { path: `${planning.path}.${operator.name}`, reason })
    warnOfNothing(operator, planning)
    return {
      kind: 'survey',
      name: condition.survey.name,
      question: condition.survey.question,
      operator,
      when: planWhen({ within: condition.within }, planning),
      now,
      timezone,
      includesNone: matches(undefined, operator, { now, timezone }),
    }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} ${raw(plan.includesNone ? 'not in' : 'in')} (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  deciding: (plan) => ({
    events: [...surveyConditions(plan), sql`${surveyAnswerSql(plan.question)} not in (${raw(noAnswer)})`],
    only: 'last',
    whens: isLocal(plan.when) ? [plan.when] : [],
  }),
  ids: (plan, compiling) => (plan.includesNone ? null : subjects(plan, compiling)),
  says: (condition, { negated }) => {
    const { name, question } = condition.survey
    const asked = [`“${question}”`, ...(name === undefined ? [] : [`of the survey “${name}”`])].join(' ')
    return [`whose last answer to ${asked}`, operatorWords(operatorOf(condition), negated), windowWords(condition.within)]
      .filter((each) => each !== '')
      .join(' ')
  },
}

/** One column, each subject once: whose last answer meets the operator; where those without any count too, whose does not. */
function subjects(plan: SurveyPlan, { context, subject: own }: Compiling): Sql {
  const subject = isLocal(plan.when) ? livedSubject(own, [plan.when], plan.when.timezone) : own
  const met = operatorSql(jsonProperty(raw('answer')), plan.operator, plan)
  const given = sql`select ${subject.ofEvent(context)} as id, e.timestamp as at, e.position as place, ${surveyAnswerSql(plan.question)} as said ${subject.events(context, surveyConditions(plan))}`
  const last = sql`select id, argMax(said, (at, place)) as answer from (${given}) where said not in (${raw(noAnswer)}) group by id`
  return sql`select id from (${last}) where ${raw(plan.includesNone ? 'not ' : '')}(${met})`
}

function surveyConditions({ name, when }: SurveyPlan): Sql[] {
  return [eventNameSql([...surveyEvents]), ...whenSql(when, livedEvent), ...(name === undefined ? [] : [anyPropertyIs(surveyNameProperties, [name])])]
}

/** JSON texts of what is no answer. */
export const noAnswer = `'', 'null', '""', '{}'`

/** String: the JSON text of the event's answer to a question, '' where it has none. */
export function surveyAnswerSql(question: string): Sql {
  const own = (key: string) => said(sql`ifNull(${eventProperty(key).json}, '')`)
  const event = raw('toJSONString(e.properties)')
  const asked = itemsOfJson(sql`ifNull(${eventProperty(surveyQuestionList).json}, '[]')`)
  const isIt = sql`JSONExtractString(q, 'question') = ${bind('String', question)} or JSONExtractString(q, 'id') = ${bind('String', question)}`
  const place = sql`arrayFirstIndex(q -> ${isIt}, ${asked})`
  const prefix = raw(`'${surveyAnswerPrefix}'`)
  const byId = sql`JSONExtractRaw(${event}, concat(${prefix}, '_', replaceAll(JSONExtractString(${asked}[${place}], 'id'), '.', '%2E')))`
  const byPlace = sql`JSONExtractRaw(${event}, if(${place} = 1, ${prefix}, concat(${prefix}, '_', toString(${place} - 1))))`
  const inList = sql`if(${place} = 0, '', coalesce(${said(byId)}, ${said(byPlace)}, ${said(jsonField(sql`${asked}[${place}]`, 'response'))}, ''))`
  const first = question === '0' ? sql`${own(surveyAnswerPrefix)}, ` : raw('')
  return sql`coalesce(${own(question)}, ${own(`${surveyAnswerPrefix}_${question}`)}, ${first}${inList})`
}

/** Nullable(String): NULL for what is no answer. */
function said(json: Sql): Sql {
  return sql`if(${json} in (${raw(noAnswer)}), null, ${json})`
}
