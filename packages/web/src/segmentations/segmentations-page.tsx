import type { Segmentation, SegmentationRow } from '@kindred/model'
import { Button, ScrollArea, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList, useRefreshProject } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatDateTime, formatRelative } from '../app/format.ts'
import { IconPlus, IconSitemap } from '../app/icons.tsx'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { Page } from '../app/page.tsx'
import { SegmentTabs } from '../app/segment-tabs.tsx'
import { newSegmentation } from './new-segmentation.ts'

/** All segmentation projects, and the way to begin one. */
export function SegmentationsPage() {
  const query = useProjectList<SegmentationRow>('segmentations')
  const begin = useBegin()
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} loading={begin.isPending} onClick={() => begin.mutate()}>
      New segmentation
    </Button>
  )
  return (
    <Page
      title="Segmentations"
      says="A set of segments with a purpose: why, for whom, made by what, agreed with whom."
      actions={button}
      tabs={<SegmentTabs />}
      freshness={false}
    >
      <Loaded query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={<IconSitemap size={32} />} title="No segmentation yet" action={button}>
              A segmentation sorts your customers into a few kinds that your whole company can name. It is made in steps, from the problem to a report that
              others can comment on and sign.
            </EmptyState>
          ) : (
            <Rows rows={rows} />
          )
        }
      </Loaded>
    </Page>
  )
}

function useBegin() {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  return useMutation({
    mutationFn: () => api.post<Segmentation>(projectPath(project, 'segmentations'), newSegmentation('New segmentation')),
    onSuccess: async ({ id }) => {
      await navigate({ to: '/segmentations/$segmentationId', params: { segmentationId: String(id) } })
      await refresh('segmentations')
    },
    onError: notifyError,
  })
}

function Rows({ rows }: { rows: readonly SegmentationRow[] }) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Segmentations', role: 'region' }}>
      <Table highlightOnHover className="kindred-rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Segmentation</Table.Th>
            <Table.Th ta="right">Segments</Table.Th>
            <Table.Th ta="right">Signed off</Table.Th>
            <Table.Th>Changed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <TextLink to="/segmentations/$segmentationId" params={{ segmentationId: String(row.id) }} fw={500}>
                  {row.name}
                </TextLink>
              </Table.Td>
              <Table.Td ta="right" data-label="Segments">
                {row.groups === 0 ? <Text c="dimmed">by value</Text> : row.groups}
              </Table.Td>
              <Table.Td ta="right" data-label="Signed off">
                {row.signedOff} of {row.stakeholders}
              </Table.Td>
              <Table.Td data-label="Changed" title={formatDateTime(row.updatedAt)} style={{ whiteSpace: 'nowrap' }}>
                {formatRelative(row.updatedAt)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
