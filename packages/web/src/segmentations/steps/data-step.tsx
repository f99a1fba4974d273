import type { PlannedVariable, SegmentationReport } from '@kindred/model'
import { ActionIcon, Button, Checkbox, Group, Input, Paper, Stack, Text, TextInput } from '@mantine/core'
import { formatPercent } from '../../app/format.ts'
import { IconPlus, IconX } from '../../app/icons.tsx'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { useTraits } from '../../data/traits.ts'
import { useSegmentChoices } from '../use-segment-choices.ts'
import { whomOf } from '../words.ts'
import type { StepProps } from './step-props.ts'
import classes from './steps.module.css'

const empty: PlannedVariable = { name: '', source: '', owner: '', obtainable: true, chosen: false, why: '' }

/** Every variable that might be used: where it comes from, who answers for it, whether it can be had, and of how many people it is known. */
export function DataStep({ save, change, report }: StepProps) {
  const { variables } = save
  const { held } = useSegmentChoices(save)
  const traits = (useTraits() ?? []).filter(({ unit }) => unit === held.unit)
  const set = (index: number, part: Partial<PlannedVariable>) =>
    change({ variables: variables.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  return (
    <Stack gap="sm">
      {variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: variables have no other identity while they are typed
        <Paper key={index} withBorder p="sm">
          <div className={classes.variable}>
            <TextInput label="Variable" placeholder="Age" value={variable.name} onChange={(event) => set(index, { name: event.currentTarget.value })} />
            <TextInput
              label="Source"
              placeholder="Account form"
              value={variable.source}
              onChange={(event) => set(index, { source: event.currentTarget.value })}
            />
            <TextInput label="Owner" placeholder="Marketing" value={variable.owner} onChange={(event) => set(index, { owner: event.currentTarget.value })} />
            <Input.Wrapper label="Property" labelElement="div">
              <PropertyPicker
                label={`Property of variable ${index + 1}`}
                placeholder="Its property here"
                of={[held.unit]}
                traits={traits}
                value={variable.property === undefined ? null : { of: held.unit, name: variable.property }}
                onChange={({ name }) => set(index, { property: name, ...(variable.name === '' && { name }) })}
              />
            </Input.Wrapper>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${variable.name === '' ? `variable ${index + 1}` : variable.name}`}
              onClick={() => change({ variables: variables.filter((_, at) => at !== index) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
          <Group gap="md" mt="xs">
            <Checkbox label="It can be had" checked={variable.obtainable} onChange={(event) => set(index, { obtainable: event.currentTarget.checked })} />
            <Known property={variable.property} report={report} name={variable.name} />
          </Group>
        </Paper>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => change({ variables: [...variables, empty] })}
      >
        Add a variable
      </Button>
    </Stack>
  )
}

function Known({ property, name, report }: { property: string | undefined; name: string; report: SegmentationReport | undefined }) {
  const share = report?.known.find((each) => each.name === name)?.share ?? null
  const whom = whomOf(report)
  const words = property === undefined ? `Choose its property to see of how many ${whom} it is known` : `Counting of how many ${whom} it is known…`
  return (
    <Text size="sm" c="dimmed">
      {share === null ? words : `Known of ${formatPercent(share)} of all ${whom}`}
    </Text>
  )
}
