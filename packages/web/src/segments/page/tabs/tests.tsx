import { type Segment, type SegmentTest, type SegmentTests, segmentTestSchema, type TestResult } from '@kindred/model'
import { Alert, Badge, Button, Group, SegmentedControl, Stack, Switch, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { Loaded } from '../../../app/loaded.tsx'

/** Sample people who must be in, or out: asked about with every change of the rule. */
export function Tests({ segment }: { segment: Segment }) {
  const query = useProjectQuery<SegmentTests>(`segments/${segment.id}/tests`)
  if (segment.unit === 'account') return <Text c="dimmed">Tests ask about sample people; this segment holds accounts.</Text>
  if (segment.definition === null) return <Text c="dimmed">A list has no rule to test.</Text>
  return <Loaded query={query}>{(tests) => <Editor segment={segment} saved={tests} />}</Loaded>
}

function Editor({ segment, saved }: { segment: Segment; saved: SegmentTests }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const path = projectPath(project, `segments/${segment.id}/tests`)
  const running = useMutation({ mutationFn: () => api.post<{ results: TestResult[] }>(`${path}/run`, {}) })
  const saving = useMutation({
    mutationFn: (next: SegmentTests) => api.put<SegmentTests>(path, next),
    onSuccess: async () => {
      running.reset()
      await refresh(`segments/${segment.id}/tests`)
    },
  })
  const results = running.data?.results ?? []
  return (
    <Stack>
      <Switch
        label="Refuse a change that fails a test"
        description="Off: the change is saved, with a warning"
        checked={saved.policy === 'refuse'}
        onChange={(event) => saving.mutate({ ...saved, policy: event.currentTarget.checked ? 'refuse' : 'warn' })}
      />
      {saved.tests.length === 0 ? (
        <Text c="dimmed">No sample people yet. Add somebody who must be in, and somebody who must not.</Text>
      ) : (
        <Table aria-label="Sample people">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Sample</Table.Th>
              <Table.Th>Who</Table.Th>
              <Table.Th>Must be</Table.Th>
              <Table.Th>Found</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {saved.tests.map((test, index) => (
              <TestLine
                key={`${test.name} ${test.distinctId ?? JSON.stringify(test.person)} ${test.expected}`}
                test={test}
                result={results[index]}
                onRemove={() => saving.mutate({ ...saved, tests: saved.tests.filter((_, other) => other !== index) })}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group>
        <Button disabled={saved.tests.length === 0} loading={running.isPending} onClick={() => running.mutate()}>
          Run the tests
        </Button>
      </Group>
      {(saving.error ?? running.error) && (
        <Alert color="red" role="alert">
          {messageOf(saving.error ?? running.error)}
        </Alert>
      )}
      <AddTest onAdd={(test) => saving.mutate({ ...saved, tests: [...saved.tests, test] })} />
    </Stack>
  )
}

function TestLine({ test, result, onRemove }: { test: SegmentTest; result: TestResult | undefined; onRemove: () => void }) {
  return (
    <Table.Tr>
      <Table.Td>{test.name}</Table.Td>
      <Table.Td>{test.distinctId ?? `written: ${test.person?.events.length ?? 0} events`}</Table.Td>
      <Table.Td>{test.expected}</Table.Td>
      <Table.Td>
        {result === undefined ? (
          <Text c="dimmed">not run</Text>
        ) : (
          <Badge variant="light" color={result.passed ? 'green' : 'red'} c="var(--mantine-color-text)">
            {result.found === 'unknown' ? 'nobody has this id' : result.found}
            {result.passed ? ', as it must be' : ', which is wrong'}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <Button size="xs" variant="subtle" onClick={onRemove} aria-label={`Remove ${test.name}`}>
          Remove
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

const example = JSON.stringify({ properties: { country: 'IE' }, events: [{ event: 'order_completed', at: '2026-03-01T12:00:00Z', properties: {} }] }, null, 2)

function AddTest({ onAdd }: { onAdd: (test: SegmentTest) => void }) {
  const [name, setName] = useState('')
  const [who, setWho] = useState<'id' | 'written'>('id')
  const [id, setId] = useState('')
  const [text, setText] = useState(example)
  const [expected, setExpected] = useState<'in' | 'out'>('in')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    try {
      const test = segmentTestSchema.safeParse({ name, expected, ...(who === 'id' ? { distinctId: id } : { person: JSON.parse(text) as unknown }) })
      if (!test.success) return setProblem(`${test.error.issues[0]?.path.join('.')}: ${test.error.issues[0]?.message}`)
      setProblem(null)
      setName('')
      setId('')
      onAdd(test.data)
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <Stack maw={520} gap="xs">
      <TextInput label="Name of the sample" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} />
      <SegmentedControl
        aria-label="Who"
        data={[
          { value: 'id', label: 'Somebody by id' },
          { value: 'written', label: 'Written down' },
        ]}
        value={who}
        onChange={(value) => setWho(value === 'written' ? 'written' : 'id')}
      />
      {who === 'id' ? (
        <TextInput label="Distinct id" value={id} onChange={(event) => setId(event.currentTarget.value)} />
      ) : (
        <Textarea
          label="Properties and events, as JSON"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          ff="monospace"
        />
      )}
      <SegmentedControl
        aria-label="Must be"
        data={[
          { value: 'in', label: 'Must be in' },
          { value: 'out', label: 'Must be out' },
        ]}
        value={expected}
        onChange={(value) => setExpected(value === 'out' ? 'out' : 'in')}
      />
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      <Button variant="default" onClick={add} w="fit-content" disabled={name.trim() === '' || (who === 'id' && id.trim() === '')}>
        Add the sample
      </Button>
    </Stack>
  )
}
