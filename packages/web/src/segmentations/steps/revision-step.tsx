import { Textarea, TextInput } from '@mantine/core'
import type { StepProps } from './step-props.ts'

/** When it is looked at again, and what would change it. */
export function RevisionStep({ save: { revision }, change }: StepProps) {
  return (
    <>
      <TextInput
        type="date"
        label="Look at it again on"
        value={revision.next ?? ''}
        onChange={(event) => change({ revision: { ...revision, next: event.currentTarget.value || undefined } })}
        maw={200}
      />
      <Textarea
        label="What would make you change it"
        description="For example: a segment below 500 people, or two segments that buy the same."
        autosize
        minRows={2}
        value={revision.text}
        onChange={(event) => change({ revision: { ...revision, text: event.currentTarget.value } })}
      />
    </>
  )
}
