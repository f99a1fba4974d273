import type { SegmentDefinition, WhatIf as WhatIfAnswer, WhatIfSide } from '@kindred/model'
import { Alert, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { Lines, Loaded } from '../../app/loaded.tsx'
import { userKindWords } from '../page/user-link.tsx'
import { reachWords } from '../reach-words.tsx'

/** What saving would do: who enters, who leaves, what else changes, and which sample people would fail. */
export function WhatIf({ segmentId, definition }: { segmentId: number; definition: SegmentDefinition }) {
  const project = useProjectId()
  const query = useQuery({
    queryKey: ['project', project, `segments/${segmentId}/what-if`, JSON.stringify(definition)],
    queryFn: ({ signal }) => api.post<WhatIfAnswer>(projectPath(project, `segments/${segmentId}/what-if`), { definition }, { signal }),
  })
  return (
    <Loaded query={query} skeleton={<Lines count={3} />}>
      {(answer) => (
        <Stack gap="xs" aria-label="What saving does" role="group">
          <Text>
            {formatNumber(answer.before)} before, {formatNumber(answer.after)} after.
          </Text>
          {answer.reach !== null && (
            <Text size="xs" c="dimmed">
              Can be reached before: {reachWords(answer.reach.before)}; after: {reachWords(answer.reach.after)}.
            </Text>
          )}
          <Side words="enter" {...answer.enter} />
          <Side words="leave" {...answer.leave} />
          {answer.alsoChanges.length + answer.usedBy.length > 0 && (
            <Alert color="orange" title="What uses this segment changes with it">
              <List size="sm">
                {answer.alsoChanges.map(({ id, name, enter, leave }) => (
                  <List.Item key={id}>
                    {name}: {formatNumber(enter)} enter, {formatNumber(leave)} leave
                  </List.Item>
                ))}
                {answer.usedBy
                  .filter(({ kind }) => kind !== 'segment')
                  .map(({ kind, id, name }) => (
                    <List.Item key={`${kind} ${id}`}>
                      {name}, {userKindWords[kind]}
                    </List.Item>
                  ))}
              </List>
            </Alert>
          )}
          {answer.tests.some(({ passed }) => !passed) && (
            <Alert color="red" title="These samples come out wrong">
              <List size="sm">
                {answer.tests
                  .filter(({ passed }) => !passed)
                  .map(({ name, expected, found }) => (
                    <List.Item key={name}>
                      {name} must be {expected} and {found === 'unknown' ? 'is not there' : `would be ${found}`}
                    </List.Item>
                  ))}
              </List>
            </Alert>
          )}
        </Stack>
      )}
    </Loaded>
  )
}

function Side({ words, count, people, accounts }: { words: 'enter' | 'leave' } & WhatIfSide) {
  const shown = [...people, ...accounts]
  const some = shown.map(({ label }) => label).join(', ')
  return (
    <Text size="sm" c="dimmed">
      {formatNumber(count)} {plural(count, `would ${words}`, `would ${words}`)}
      {some !== '' && `: ${some}${count > shown.length ? ' …' : ''}`}
    </Text>
  )
}
