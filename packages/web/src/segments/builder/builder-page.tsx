import type { Segment } from '@kindred/model'
import { useParams, useSearch } from '@tanstack/react-router'
import { useProject, useProjectQuery } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { FailedPage, LoadedPage } from '../../app/loaded-page.tsx'
import { Page } from '../../app/page.tsx'
import { PagePending } from '../../app/page-pending.tsx'
import { useEvents, useProperties } from '../../data/known-names.ts'
import { readDefinition, type Tree } from '../tree/definition.ts'
import { group, row } from '../tree/node.ts'
import { useShared } from './address.ts'
import { Builder } from './builder.tsx'
import { firstRow } from './condition-menu.ts'

/** The builder of a new segment, of one in the address, or of a saved one. */
export function SegmentBuilderPage() {
  const { segmentId } = useParams({ strict: false })
  return segmentId === undefined ? <NewSegment /> : <EditSegment key={segmentId} id={segmentId} />
}

function NewSegment() {
  const [events, properties, project] = [useEvents(), useProperties(), useProject()]
  const shared = useShared()
  const { name } = useSearch({ strict: false }) as { name?: unknown }
  const error = events.error ?? properties.error ?? project.error
  if (!events.data || !properties.data || !project.data) {
    if (error === null) return <PagePending />
    return <FailedPage error={error} retry={() => Promise.all([events.refetch(), properties.refetch(), project.refetch()])} />
  }
  const known = { events: events.data, properties: properties.data, roles: project.data.roles }
  const start = (): Tree => shared.tree ?? { unit: 'person', root: group('all', [row(firstRow(known))]) }
  return <Builder segment={null} start={start} unreadable={shared.unreadable} {...(typeof name === 'string' && { name })} />
}

function EditSegment({ id }: { id: string }) {
  const query = useProjectQuery<Segment>(`segments/${encodeURIComponent(id)}`)
  const shared = useShared()
  return (
    <LoadedPage query={query}>
      {(segment) => {
        const { definition } = segment
        if (definition === null) return <Frozen name={segment.name} />
        return <Builder segment={segment} start={() => shared.tree ?? readDefinition(definition)} unreadable={shared.unreadable} />
      }}
    </LoadedPage>
  )
}

function Frozen({ name }: { name: string }) {
  return (
    <Page title={name}>
      <EmptyState title="This list is frozen">It holds exactly the people it was made of, so there is no rule to change.</EmptyState>
    </Page>
  )
}
