import type { PersonBackground, PersonMerge } from '@kindred/model'
import { Code, Group, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useProject, useProjectQuery } from '../api/project.ts'
import { formatDate, formatDateTime, formatNumber, formatRelative, plural } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { useEventLabels } from '../data/known-names.ts'
import { Places } from './places.tsx'

/** The ids a person was known by, who was found to be them, their devices and their places. */
export function Background({ personId, ids }: { personId: number; ids: ReactNode }) {
  const query = useProjectQuery<PersonBackground>(`people/${personId}/background`)
  return (
    <Stack gap="lg">
      {ids}
      <Loaded query={query}>
        {(background) => (
          <>
            <Ids background={background} />
            <Devices devices={background.devices} />
            <Places background={background} />
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Ids({ background: { ids, merges } }: { background: PersonBackground }) {
  const { data: project } = useProject()
  const labelOf = useEventLabels()
  if (ids.length < 2 && merges.length === 0) return null
  return (
    <section aria-labelledby="joined">
      <Title order={2} id="joined" mb="xs">
        How they came to be known
      </Title>
      <Stack gap="xs">
        {ids.map(({ distinctId, firstAt, event, events }) => (
          <Text key={distinctId}>
            <Code style={{ overflowWrap: 'anywhere' }}>{distinctId}</Code> first on {formatDate(firstAt, project?.timezone)} with “{labelOf(event)}”,{' '}
            {formatNumber(events)} {plural(events, 'event', 'events')}
          </Text>
        ))}
        {merges.map((merge) => (
          <Merge key={merge.personId} merge={merge} />
        ))}
      </Stack>
    </section>
  )
}

/** "Person 12 (browser-2, 3 events) was found to be this person by “Was identified”, 31 March, 14:00". */
function Merge({ merge: { personId, distinctIds, events, event, at } }: { merge: PersonMerge }) {
  const { data: project } = useProject()
  const labelOf = useEventLabels()
  const known = [...distinctIds, `${formatNumber(events)} ${plural(events, 'event', 'events')}`].join(', ')
  return (
    <Text style={{ overflowWrap: 'anywhere' }}>
      Person {personId} ({known}) was found to be this person
      {event !== null && ` by “${labelOf(event)}”`}
      {at !== null && `, ${formatDateTime(at, project?.timezone)}`}
    </Text>
  )
}

function Devices({ devices }: { devices: PersonBackground['devices'] }) {
  if (devices.length === 0) return null
  return (
    <Listed id="devices" title="Devices">
      {devices.map(({ device, os, browser, events, lastAt }) => (
        <Line key={`${device} ${os} ${browser}`} what={[device, os, browser].filter((each) => each !== '').join(', ')} events={events} lastAt={lastAt} />
      ))}
    </Listed>
  )
}

function Listed({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {title}
      </Title>
      <Table verticalSpacing={6}>
        <caption className="kindred-hidden">{title}</caption>
        <Table.Thead className="kindred-hidden">
          <Table.Tr>
            <Table.Th scope="col">{title}</Table.Th>
            <Table.Th scope="col">Events</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </section>
  )
}

function Line({ what, events, lastAt }: { what: string; events: number; lastAt: number }) {
  return (
    <Table.Tr>
      <Table.Td>{what}</Table.Td>
      <Table.Td ta="right">
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Text span>
            {formatNumber(events)} {plural(events, 'event', 'events')}
          </Text>
          <Text span c="dimmed" fz="xs">
            {formatRelative(lastAt)}
          </Text>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
