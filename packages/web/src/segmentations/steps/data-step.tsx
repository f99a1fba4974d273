import type { PlannedVariable } from '@kindred/model'
import { ActionIcon, Button, Checkbox, Group, Paper, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { formatPercent } from '../../app/format.ts'
import { PropertyPicker } from '../../data/property-picker.tsx'
import type { StepProps } from './step-props.ts'

const empty: PlannedVariable = { name: '', source: '', owner: '', obtainable: true, chosen: false, why: '' }

/** Every variable that might be used: where it comes from, who answers for it, whether it can be had, and of how many people it is known. */
export function DataStep({ save: { variables }, change, report }: StepProps) {
  const set = (index: number, part: Partial<PlannedVariable>) =>
    change({ variables: variables.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  return (
    <Stack gap="sm">
      {variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: variables have no other identity while they are typed
        <Paper key={index} withBorder p="sm">
          <Group gap="xs" align="flex-end">
            <TextInput label="Variable" placeholder="Age" value={variable.name} onChange={(event) => set(index, { name: event.currentTarget.value })} />
            <TextInput
              label="Source"
              placeholder="Account form"
              value={variable.source}
              onChange={(event) => set(index, { source: event.currentTarget.value })}
            />
            <TextInput label="Owner" placeholder="Marketing" value={variable.owner} onChange={(event) => set(index, { owner: event.currentTarget.value })} />
            <PropertyPicker
              label={`Property of variable ${index + 1}`}
              placeholder="Its property here"
              of={['person']}
              value={variable.property === undefined ? null : { of: 'person', name: variable.property }}
              onChange={({ name }) => set(index, { property: name, ...(variable.name === '' && { name }) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${variable.name === '' ? `variable ${index + 1}` : variable.name}`}
              onClick={() => change({ variables: variables.filter((_, at) => at !== index) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
          <Group gap="md" mt="xs">
            <Checkbox label="It can be had" checked={variable.obtainable} onChange={(event) => set(index, { obtainable: event.currentTarget.checked })} />
            <Known share={report?.known.find(({ name }) => name === variable.name)?.share ?? null} />
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

function Known({ share }: { share: number | null }) {
  return (
    <Text size="sm" c="dimmed">
      {share === null ? 'Name its property to see of how many people it is known' : `Known of ${formatPercent(share)} of all people`}
    </Text>
  )
}
