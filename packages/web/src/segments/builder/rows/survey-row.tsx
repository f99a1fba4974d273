import { TextInput } from '@mantine/core'
import { OperatorFields } from '../../../conditions/operator-fields.tsx'
import { withOperatorOf } from '../../../conditions/operator-part.ts'
import { operatorGroups } from '../../../conditions/operators.ts'
import { draftMistake, readDraft } from '../../../conditions/property-draft.ts'
import { typeOfOperator } from '../../../conditions/value-type.ts'
import { useSurveyQuestions } from '../../../data/known-names.ts'
import { Picker } from '../../../data/picker.tsx'
import type { SurveyDraft } from '../../tree/row-draft.ts'
import { WithinFields } from '../within-fields.tsx'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *whose last answer to the question “What matters most?” is quality* */
export function SurveyRow({ draft, onChange, wrong }: RowProps<SurveyDraft>) {
  const { name, question } = draft.survey
  const operator = readDraft({ ...draft, property: 'answer' })
  const { data, isPending } = useSurveyQuestions()
  const questions = (data?.results ?? []).map(({ value, count }) => ({ value, label: value, name: value, count }))
  const groups = questions.length === 0 ? [] : [{ label: 'Questions', options: questions }]
  const ask = (asked: string) => onChange({ ...draft, survey: { ...draft.survey, question: asked } })
  const type = typeOfOperator(operator.operator, operator.operand)
  return (
    <>
      <Picker
        label="Question"
        groups={groups}
        loading={isPending}
        value={question === '' ? null : question}
        onChange={ask}
        onFreeText={ask}
        error={wrong && question === '' ? ' ' : null}
      />
      <Word>of</Word>
      <TextInput
        aria-label="Survey"
        placeholder="any survey"
        value={name ?? ''}
        onChange={(event) => {
          const typed = event.currentTarget.value
          onChange({ ...draft, survey: typed === '' ? { question } : { name: typed, question } })
        }}
        w={160}
      />
      <OperatorFields
        label="Answer"
        draft={operator}
        groups={operatorGroups(type)}
        type={type}
        of="survey"
        valuesOf={question}
        wrong={wrong && draftMistake(operator) !== null}
        onChange={(changed) => onChange(withOperatorOf(draft, changed))}
      />
      <WithinFields
        label="When they answered"
        within={draft.within ?? null}
        onChange={(within) => onChange({ ...draft, within: within ?? undefined })}
        wrong={wrong}
      />
    </>
  )
}
