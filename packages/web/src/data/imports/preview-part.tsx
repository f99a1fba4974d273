import type { ImportPreview, PreviewedRow, Properties } from '@kindred/model'
import { Alert, Loader, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { projectPath, useProject, useProjectId } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { BadRows } from './bad-rows.tsx'
import { fileRef } from './file-ref.ts'
import type { PartProps } from './part.ts'

interface PreviewPartProps extends Pick<PartProps, 'inspection' | 'mapping'> {
  /** The mapping cannot be used yet. */
  isBroken: boolean
}

const pause = 400

/** What the first rows become, as the import itself would make them. */
export function PreviewPart({ inspection, mapping, isBroken }: PreviewPartProps) {
  const project = useProjectId()
  const [settled] = useDebouncedValue(mapping, pause)
  const file = fileRef(inspection)
  const query = useQuery({
    queryKey: ['project', project, 'imports/preview', file, settled],
    queryFn: ({ signal }) => api.post<ImportPreview>(projectPath(project, 'imports/preview'), { ...file, mapping: settled }, { signal }),
    enabled: !isBroken,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <section aria-label="Preview">
      <Title order={3}>What the first rows become {query.isFetching && <Loader size="xs" aria-label="Reading" />}</Title>
      {query.error && !isBroken ? (
        <Alert color="red" role="alert" title="These rows cannot be read like this" mt="sm">
          {messageOf(query.error)}
        </Alert>
      ) : (
        query.data && <Preview preview={query.data} />
      )}
    </section>
  )
}

function Preview({ preview }: { preview: ImportPreview }) {
  const { made, rejected, rejects } = preview
  return (
    <Stack gap="md">
      {rejected > 0 && made.length === 0 && (
        <Alert color="orange" title="No row can be read like this">
          Change what the column named below is, or how it is written; the preview follows.
        </Alert>
      )}
      <Text c="dimmed" role="status">
        {lookedAtWords(preview)} Nothing is kept yet.
      </Text>
      {rejects.length > 0 && <BadRows rows={rejects} />}
      {made.length > 0 && <MadeTable made={made} />}
    </Stack>
  )
}

function lookedAtWords({ rows, rejected, skipped }: ImportPreview): string {
  if (rows === 0) return 'The file has no row below its header.'
  const left = Object.entries(skipped).map(([reason, count]) => `${formatNumber(count)} ${plural(count, 'is', 'are')} left out (${reason})`)
  const said = [rejected === 0 ? '' : `${formatNumber(rejected)} cannot be read`, ...left].filter(Boolean)
  const looked = `Of ${formatNumber(rows)} ${plural(rows, 'row', 'rows')} looked at,`
  return said.length === 0 ? `${looked} all can be read.` : `${looked} ${said.join(' and ')}.`
}

function MadeTable({ made }: Pick<ImportPreview, 'made'>) {
  const { data: project } = useProject()
  const isAccounts = made.every(({ accountType }) => accountType !== null)
  const isPeople = made.every(({ event }) => event === '$set')
  return (
    <ScrollArea.Autosize type="auto" mah={480} viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'What the first rows become' }}>
      <Table verticalSpacing={6} miw={880} stickyHeader>
        <caption className="kindred-hidden">What the first rows become</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" ta="right">
              Line
            </Table.Th>
            {!isAccounts && !isPeople && <Table.Th scope="col">Event</Table.Th>}
            <Table.Th scope="col">{isAccounts ? 'Account' : 'Person'}</Table.Th>
            <Table.Th scope="col">Time</Table.Th>
            {!isPeople && <Table.Th scope="col">{isAccounts ? 'What is known of it' : 'What is known of the event'}</Table.Th>}
            {!isAccounts && <Table.Th scope="col">What is known of the person</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {made.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an export may be one event, and rows hold no state
            <Table.Tr key={place} style={{ verticalAlign: 'top' }}>
              <Table.Td ta="right">{row.line}</Table.Td>
              {!isAccounts && !isPeople && <Table.Td>{row.event}</Table.Td>}
              <Table.Td maw={220}>
                <Who row={row} />
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{isoTime(row.at, project?.timezone)}</Table.Td>
              {!isPeople && (
                <Table.Td maw={420}>
                  <Values of={row.properties} />
                </Table.Td>
              )}
              {!isAccounts && (
                <Table.Td maw={360}>
                  <Values of={row.set} />
                  <Values of={row.setOnce} note=" (if new)" />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

function Who({ row: { id, otherIds, accountType, accounts } }: { row: PreviewedRow }) {
  const more = [
    ...(accountType === null ? [] : [accountType]),
    ...otherIds.map((other) => `also ${other}`),
    ...Object.entries(accounts).map(([type, key]) => `of ${type} ${key}`),
  ]
  return (
    <>
      <Text style={{ overflowWrap: 'anywhere' }}>{id}</Text>
      {more.map((line) => (
        <Text key={line} c="dimmed" fz="xs" style={{ overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
    </>
  )
}

const longestValue = 120

/** One line for each property, texts in quotes, so that a number can be told from a text of digits. */
function Values({ of, note = '' }: { of: Properties; note?: string }) {
  return Object.entries(of).map(([name, value]) => {
    const written = JSON.stringify(value)
    return (
      <Text key={name} fz="xs" style={{ overflowWrap: 'anywhere' }}>
        <Text span c="dimmed" inherit>
          {name}
          {note}{' '}
        </Text>
        {written.length > longestValue ? `${written.slice(0, longestValue)}…` : written}
      </Text>
    )
  })
}

/** To the second, with its zone: the moment a wrong day or zone shows. */
function isoTime(at: number, zone: string | undefined): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone }).format(at)
}
