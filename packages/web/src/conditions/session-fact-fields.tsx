import type { SessionFact } from '@kindred/model'
import { NativeSelect } from '@mantine/core'
import { sessionFactWords } from '../data/session-facts.ts'
import { OperatorFields } from './operator-fields.tsx'
import { operatorGroups } from './operators.ts'
import { draftMistake, emptyDraft, type PropertyDraft } from './property-draft.ts'

interface SessionFactFieldsProps {
  /** Those that may be chosen; the draft's property is one of them. */
  facts: readonly SessionFact[]
  draft: PropertyDraft
  onChange: (draft: PropertyDraft) => void
  wrong: boolean
}

/** *pages viewed is at least 3*: a fact of a visit compared. */
export function SessionFactFields({ facts, draft, onChange, wrong }: SessionFactFieldsProps) {
  const { words, type, like } = sessionFactWords[draft.property as SessionFact]
  return (
    <>
      <NativeSelect
        aria-label="What about the visit"
        data={facts.map((fact) => ({ value: fact, label: sessionFactWords[fact].words }))}
        value={draft.property}
        onChange={(event) => {
          const fact = event.currentTarget.value as SessionFact
          onChange(emptyDraft(fact, sessionFactWords[fact].type))
        }}
      />
      <OperatorFields
        label={words}
        draft={draft}
        groups={operatorGroups(type)}
        type={type}
        of="event"
        valuesOf={like ?? ''}
        wrong={wrong && draftMistake(draft) !== null}
        onChange={onChange}
      />
    </>
  )
}
