/**
 * Events that carry answers: PostHog's `survey sent`, and plain ones whose properties are named as the questions are. The same question may stand in an
 * event in several ways; the first that has an answer counts.
 */
export const surveyEvents = ['survey sent', 'survey_answered', 'Survey Answered'] as const
/** Any of these properties may name the survey. */
export const surveyNameProperties = ['survey', 'survey_name', 'survey_id', '$survey_name', '$survey_id'] as const
/** A question's answer at its own key: by its id, or by its place, the first being 0. */
export const surveyAnswerPrefix = '$survey_response'
/** Objects with `id` and `question`, in the order that answers are numbered by. */
export const surveyQuestionList = '$survey_questions'
