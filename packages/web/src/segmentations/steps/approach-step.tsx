import { type Approach, approaches } from '@kindred/model'
import { Radio, Stack, Textarea } from '@mantine/core'
import { approachWords } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** How the segments are looked at. */
export function ApproachStep({ save: { approach }, change }: StepProps) {
  return (
    <>
      <Radio.Group label="Approach" value={approach.kind ?? ''} onChange={(kind) => change({ approach: { ...approach, kind: kind as Approach } })}>
        <Stack gap="xs" mt="xs">
          {approaches.map((kind) => (
            <Radio key={kind} value={kind} label={approachWords[kind].name} description={approachWords[kind].says} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label="In your words"
        autosize
        minRows={2}
        value={approach.text}
        onChange={(event) => change({ approach: { ...approach, text: event.currentTarget.value } })}
      />
    </>
  )
}
