import type { PlannedVariable, SegmentationReport } from '@kindred/model'
import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { formatPercent } from '../../app/format.ts'
import { whomOf } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** Which of the planned variables the segments are made by: the fewest that split most. */
export function VariablesStep({ save: { variables }, change, report }: StepProps) {
  const set = (index: number, part: Partial<PlannedVariable>) =>
    change({ variables: variables.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  return (
    <Stack gap="sm">
      <Text>
        Take the fewest that split most. Ask of each: does it cut a hard line, is it known of nearly everyone, does a different answer lead to a different deed?
      </Text>
      {variables.length === 0 && <Text c="dimmed">List the variables in the data plan first.</Text>}
      {variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: variables have no other identity while they are typed
        <div key={index}>
          <Checkbox
            label={variable.name === '' ? `Variable ${index + 1}` : variable.name}
            description={knownWords(report, variable.name)}
            checked={variable.chosen}
            onChange={(event) => set(index, { chosen: event.currentTarget.checked })}
          />
          {variable.chosen && (
            <TextInput
              mt={4}
              ml={32}
              aria-label={`Why ${variable.name}`}
              placeholder="Why it"
              value={variable.why}
              onChange={(event) => set(index, { why: event.currentTarget.value })}
            />
          )}
        </div>
      ))}
    </Stack>
  )
}

function knownWords(report: SegmentationReport | undefined, variable: string): string | undefined {
  const share = report?.known.find(({ name }) => name === variable)?.share ?? null
  return share === null ? undefined : `Known of ${formatPercent(share)} of all ${whomOf(report)}`
}
