import { type ProblemArea, problemAreas } from '@kindred/model'
import { Radio, Stack, Textarea } from '@mantine/core'
import { areaWords } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** What is to be better afterwards, and whose problem it is. */
export function ProblemStep({ save: { problem }, change }: StepProps) {
  return (
    <>
      <Radio.Group label="Where is the problem?" value={problem.area ?? ''} onChange={(area) => change({ problem: { ...problem, area: area as ProblemArea } })}>
        <Stack gap="xs" mt="xs">
          {problemAreas.map((area) => (
            <Radio key={area} value={area} label={areaWords[area].name} description={areaWords[area].says} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label="What is the problem?"
        description="For example: we send everyone the same newsletter, and a third of them stopped opening it."
        autosize
        minRows={3}
        value={problem.text}
        onChange={(event) => change({ problem: { ...problem, text: event.currentTarget.value } })}
      />
    </>
  )
}
