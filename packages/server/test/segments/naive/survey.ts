import { type JsonValue, matches, operatorOf, type Properties, type SurveyCondition } from '@kindred/model'
import type { Asked } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin } from './within.ts'

export function survey(condition: SurveyCondition, asked: Asked): boolean {
  const { name, question } = condition.survey
  const { within } = condition
  const answers = asked.events
    .filter((each) => ['survey sent', 'survey_answered', 'Survey Answered'].includes(each.event))
    .filter((each) => isWithin(each.timestamp, within, zonedFor(each, within, asked)))
    .filter(
      ({ properties }) => name === undefined || ['survey', 'survey_name', 'survey_id', '$survey_name', '$survey_id'].some((key) => properties[key] === name),
    )
    .map(({ properties }) => answerTo(question, properties))
    .filter(isAnswer)
  return matches(answers.at(-1), operatorOf(condition), asked.question)
}

function answerTo(asked: string, properties: Properties): JsonValue | undefined {
  const keys = [asked, `$survey_response_${asked}`, ...(asked === '0' ? ['$survey_response'] : [])]
  const list = (Array.isArray(properties.$survey_questions) ? properties.$survey_questions : []) as Properties[]
  const place = list.findIndex(({ id, question }) => id === asked || question === asked)
  if (place !== -1) keys.push(`$survey_response_${String(list[place]?.id ?? '')}`, place === 0 ? '$survey_response' : `$survey_response_${place}`)
  return [...keys.map((key) => properties[key]), place === -1 ? undefined : list[place]?.response].find(isAnswer)
}

function isAnswer(value: JsonValue | undefined): value is JsonValue {
  return value !== undefined && value !== null && value !== ''
}
