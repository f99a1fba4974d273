import { ActionIcon, Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '../../app/icons.tsx'
import {
  draftOf,
  operandText,
  type Rule,
  type RuleDraft,
  ruleOf,
  type Test,
  type TestName,
  testNameOf,
  testNames,
  testWords,
  withOperand,
  withTestName,
} from './mapping-event.ts'

interface RulesProps {
  columns: string[]
  rules: readonly Rule[]
  onChange: (rules: Rule[]) => void
}

/** Rows that are another event, or none: the first rule that holds decides. */
export function Rules({ columns, rules, onChange }: RulesProps) {
  const replace = (place: number, draft: RuleDraft) => onChange(rules.map((rule, each) => (each === place ? ruleOf(draft) : rule)))
  return (
    <Stack gap="xs">
      <Text fw={500}>Exceptions</Text>
      {rules.map((rule, place) => (
        <RuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own, and their fields hold no state
          key={place}
          place={place}
          columns={columns}
          draft={draftOf(rule)}
          onChange={(draft) => replace(place, draft)}
          onRemove={() => onChange(rules.filter((_, each) => each !== place))}
        />
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...rules, { when: { column: columns[0] ?? '', startsWith: 'C' }, event: 'order_refunded' }])}
        >
          Add an exception
        </Button>
      </Group>
    </Stack>
  )
}

interface RuleRowProps {
  place: number
  columns: string[]
  draft: RuleDraft
  onChange: (draft: RuleDraft) => void
  onRemove: () => void
}

function RuleRow({ place, columns, draft, onChange, onRemove }: RuleRowProps) {
  const name = `Exception ${place + 1}`
  const setTest = (at: number, test: Test) => onChange({ ...draft, tests: draft.tests.map((each, index) => (index === at ? test : each)) })
  return (
    <Paper withBorder p="sm" role="group" aria-label={name}>
      <Stack gap="xs">
        {draft.tests.map((test, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name of their own, and their fields hold no state
          <Group key={at} gap="xs">
            {at === 0 ? (
              <Text w={56}>When</Text>
            ) : (
              <Select
                aria-label={`${name}: all or any`}
                data={[
                  { value: 'all', label: 'and' },
                  { value: 'any', label: 'or' },
                ]}
                value={draft.join}
                onChange={(join) => onChange({ ...draft, join: join === 'any' ? 'any' : 'all' })}
                allowDeselect={false}
                w={72}
              />
            )}
            <TestFields name={name} columns={columns} test={test} onChange={(changed) => setTest(at, changed)} />
            {draft.tests.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${name}: remove this condition`}
                onClick={() => onChange({ ...draft, tests: draft.tests.filter((_, index) => index !== at) })}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        ))}
        <Group gap="xs">
          <Outcome name={name} draft={draft} onChange={onChange} />
          <Button variant="subtle" size="xs" onClick={() => onChange({ ...draft, tests: [...draft.tests, { column: columns[0] ?? '', is: '' }] })}>
            Add a condition
          </Button>
          <Button variant="subtle" size="xs" color="red" onClick={onRemove}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}

interface TestFieldsProps {
  name: string
  columns: string[]
  test: Test
  onChange: (test: Test) => void
}

function TestFields({ name, columns, test, onChange }: TestFieldsProps) {
  const kind = testNameOf(test)
  const { operand } = testWords[kind]
  return (
    <>
      <Select
        aria-label={`${name}: column`}
        data={columns}
        value={test.column}
        onChange={(column) => column !== null && onChange({ ...test, column })}
        searchable
        allowDeselect={false}
        w={176}
      />
      <Select
        aria-label={`${name}: test`}
        data={testNames.map((value) => ({ value, label: testWords[value].label }))}
        value={kind}
        onChange={(value) => value !== null && onChange(withTestName(test, value as TestName))}
        allowDeselect={false}
        w={176}
      />
      {operand !== 'none' && (
        <TextInput
          aria-label={`${name}: value`}
          type={operand === 'number' ? 'number' : 'text'}
          step="any"
          value={operandText(test)}
          onChange={(event) => onChange(withOperand(test, event.currentTarget.value))}
          w={144}
        />
      )}
    </>
  )
}

function Outcome({ name, draft, onChange }: { name: string; draft: RuleDraft; onChange: (draft: RuleDraft) => void }) {
  const skips = draft.skip !== undefined
  return (
    <>
      <Select
        aria-label={`${name}: what then`}
        data={[
          { value: 'event', label: 'it is the event' },
          { value: 'skip', label: 'leave it out, because' },
        ]}
        value={skips ? 'skip' : 'event'}
        onChange={(value) =>
          onChange({
            ...draft,
            event: value === 'event' ? (draft.event ?? draft.skip ?? '') : undefined,
            skip: value === 'skip' ? (draft.skip ?? draft.event ?? '') : undefined,
          })
        }
        allowDeselect={false}
        w={192}
      />
      <TextInput
        aria-label={skips ? `${name}: reason` : `${name}: event`}
        placeholder={skips ? 'a reason, counted' : 'order_refunded'}
        value={draft.skip ?? draft.event ?? ''}
        onChange={(event) => onChange(skips ? { ...draft, skip: event.currentTarget.value } : { ...draft, event: event.currentTarget.value })}
        w={192}
      />
    </>
  )
}
