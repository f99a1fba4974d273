import type { Delivery, DeliveryCreated, Page, Segment } from '@kindred/model'
import { Alert, Button, Checkbox, ScrollArea, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { CopyField } from '../../../app/copy-field.tsx'
import { messageOf } from '../../../app/error-message.ts'
import { formatDateTime, formatNumber } from '../../../app/format.ts'
import { Loaded } from '../../../app/loaded.tsx'
import { notifyError } from '../../../app/notify.ts'
import { ColumnsFields, columnsText, usualColumns } from '../columns-fields.tsx'

/** Sends all members to an address, and tells what became of each time they were sent. */
export function Deliveries({ segment }: { segment: Segment }) {
  const path = `segments/${segment.id}/deliveries`
  const deliveries = useProjectQuery<Page<Delivery>>(
    path,
    {},
    { refetchInterval: ({ state }) => (state.data?.results.some((each) => each.state === 'running') ? 500 : 5000) },
  )
  return (
    <Stack gap="lg">
      <SendForm path={path} segment={segment} />
      <section aria-labelledby="sent">
        <Title order={2} id="sent" mb="xs">
          Where members were sent
        </Title>
        <Loaded query={deliveries}>
          {({ results }) => (results.length === 0 ? <Text c="dimmed">They were sent nowhere yet.</Text> : <Sent path={path} deliveries={results} />)}
        </Loaded>
      </section>
    </Stack>
  )
}

function SendForm({ path, segment }: { path: string; segment: Segment }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [url, setUrl] = useState('')
  const [everything, setEverything] = useState(true)
  const [chosen, setChosen] = useState(usualColumns(segment))
  const columns = columnsText(segment, chosen)
  const sending = useMutation({
    mutationFn: () => api.post<DeliveryCreated>(projectPath(project, path), { url: url.trim(), ...(everything ? {} : { columns }) }),
    onSuccess: () => refresh(path),
  })
  return (
    <Stack maw={560} gap="xs">
      <TextInput
        label="Address"
        description="It receives batches of JSON by POST, each with a signature"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Checkbox label="All that is known of them" checked={everything} onChange={(event) => setEverything(event.currentTarget.checked)} />
      {!everything && <ColumnsFields segment={segment} value={chosen} onChange={setChosen} />}
      <Button w="fit-content" disabled={url.trim() === '' || (!everything && columns === '')} loading={sending.isPending} onClick={() => sending.mutate()}>
        Send all members
      </Button>
      {sending.error && (
        <Alert color="red" role="alert">
          {messageOf(sending.error)}
        </Alert>
      )}
      {sending.data && <CopyField label="Secret of the signature, shown this once" value={sending.data.secret} />}
    </Stack>
  )
}

const stateWords: Record<Delivery['state'], string> = { running: 'under way', done: 'all taken', failed: 'failed' }

function Sent({ path, deliveries }: { path: string; deliveries: readonly Delivery[] }) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Where members were sent', role: 'region' }}>
      <Table aria-label="Where members were sent, newest first" className="kindred-rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Begun</Table.Th>
            <Table.Th>Address</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Sent</Table.Th>
            <Table.Th ta="right">Attempts</Table.Th>
            <Table.Th>Last answer</Table.Th>
            <Table.Th>
              <span className="kindred-hidden">What to do</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {deliveries.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td>{formatDateTime(delivery.createdAt)}</Table.Td>
              <Table.Td data-label="Address">{delivery.url}</Table.Td>
              <Table.Td data-label="State">{stateWords[delivery.state]}</Table.Td>
              <Table.Td ta="right" data-label="Sent">
                {formatNumber(delivery.sent)} of {formatNumber(delivery.total)}
              </Table.Td>
              <Table.Td ta="right" data-label="Attempts">
                {formatNumber(delivery.attempts)}
              </Table.Td>
              <Table.Td data-label="Last answer">{delivery.error ?? delivery.answer ?? 'none yet'}</Table.Td>
              <Table.Td>{delivery.state === 'failed' && <Retry path={path} delivery={delivery} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Retry({ path, delivery }: { path: string; delivery: Delivery }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const retrying = useMutation({
    mutationFn: () => api.post<Delivery>(projectPath(project, `${path}/${delivery.id}/retry`)),
    onSuccess: () => refresh(path),
    onError: notifyError,
  })
  return (
    <Button size="xs" variant="default" loading={retrying.isPending} onClick={() => retrying.mutate()}>
      Go on
    </Button>
  )
}
