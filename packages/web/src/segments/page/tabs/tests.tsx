import type { Segment, SegmentTest, SegmentTests, TestResult } from '@kindred/model'
import { Alert, Badge, Button, Group, Stack, Switch, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { plural } from '../../../app/format.ts'
import { Loaded } from '../../../app/loaded.tsx'
import { AddTest } from './add-test.tsx'

/** Samples that must be in, or out: asked about with every change of the rule. */
export function Tests({ segment }: { segment: Segment }) {
  const query = useProjectQuery<SegmentTests>(`segments/${segment.id}/tests`)
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
        description={saved.policy === 'refuse' ? 'It is not saved before the rule or the sample is put right' : 'Off now: it is saved, with a warning'}
        checked={saved.policy === 'refuse'}
        onChange={(event) => saving.mutate({ ...saved, policy: event.currentTarget.checked ? 'refuse' : 'warn' })}
      />
      {saved.tests.length === 0 ? (
        <Text c="dimmed">
          {segment.unit === 'account'
            ? 'No sample accounts yet. Add one that must be in, and one that must not.'
            : 'No sample people yet. Add somebody who must be in, and somebody who must not.'}
        </Text>
      ) : (
        <Table aria-label={segment.unit === 'account' ? 'Sample accounts' : 'Sample people'}>
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
                key={JSON.stringify(test)}
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
      <AddTest segment={segment} onAdd={(test) => saving.mutate({ ...saved, tests: [...saved.tests, test] })} />
    </Stack>
  )
}

function TestLine({ test, result, onRemove }: { test: SegmentTest; result: TestResult | undefined; onRemove: () => void }) {
  return (
    <Table.Tr>
      <Table.Td>{test.name}</Table.Td>
      <Table.Td>{whoWords(test)}</Table.Td>
      <Table.Td>{test.expected}</Table.Td>
      <Table.Td>
        {result === undefined ? (
          <Text c="dimmed">not run</Text>
        ) : (
          <Badge variant="light" color={result.passed ? 'green' : 'red'} c="var(--mantine-color-text)">
            {result.found === 'unknown' ? 'there is none' : result.found}
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

function whoWords({ distinctId, accountKey, person, account }: SegmentTest): string {
  if (distinctId !== undefined) return distinctId
  if (accountKey !== undefined) return `${accountKey.type} ${accountKey.key}`
  const events = [...(person === undefined ? [] : [person]), ...(account?.people ?? [])].flatMap((each) => each.events).length
  const did = `${events} ${plural(events, 'event', 'events')}`
  return account === undefined ? `written: ${did}` : `written: ${account.people.length} ${plural(account.people.length, 'person', 'people')}, ${did}`
}
