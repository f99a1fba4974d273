import type { Segment } from '@kindred/model'
import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useProjectList } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { IconPlus, IconSearch, IconUsersGroup } from '../../app/icons.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Page } from '../../app/page.tsx'
import { Pager } from '../../app/pager.tsx'
import { SegmentTabs } from '../../app/segment-tabs.tsx'
import { FewTemplates } from '../templates/few-templates.tsx'
import { ArchivedSegments } from './archived-segments.tsx'
import { listedSegments } from './listed-segments.ts'
import { NewList } from './new-list.tsx'
import { SegmentFilters } from './segment-filters.tsx'
import { SegmentTable } from './segment-table.tsx'

const pageSize = 50
const route = getRouteApi('/signed-in/segments')

/** Every segment with its sentence and size; where there are none, examples to start from. */
export function SegmentsPage() {
  const query = useProjectList<Segment>('segments')
  return (
    <Page
      title="Segments"
      says="Groups of people by what they do and are, counted exactly."
      actions={
        <>
          <NewList />
          <ButtonLink to="/segments/new" leftSection={<IconPlus size={16} aria-hidden />}>
            New segment
          </ButtonLink>
        </>
      }
      tabs={<SegmentTabs />}
    >
      <Loaded query={query}>
        {(segments) => (
          <Stack gap="xl">
            {segments.length === 0 ? (
              <EmptyState icon={<IconUsersGroup size={32} />} title="No segments yet">
                A segment is a sentence about people, such as “ordered three times in ninety days, not from Ireland”. Start from a template below, filled in
                with your own data, or build one.
              </EmptyState>
            ) : (
              <Listed segments={segments} />
            )}
            <ArchivedSegments />
            <FewTemplates />
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

/** The address holds what is shown. */
function Listed({ segments }: { segments: readonly Segment[] }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const found = listedSegments(segments, search)
  const page = Math.min(search.page ?? 1, Math.max(1, Math.ceil(found.length / pageSize)))
  return (
    <Stack gap="sm">
      <SegmentFilters
        segments={segments}
        search={search}
        change={(part) => void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true, resetScroll: false })}
      />
      {found.length === 0 ? (
        <EmptyState icon={<IconSearch size={40} stroke={1.25} />} title="No segment fits">
          Search for other words, or show every kind, folder, tag and owner.
        </EmptyState>
      ) : (
        <>
          <SegmentTable segments={found.slice((page - 1) * pageSize, page * pageSize)} />
          {found.length > pageSize && (
            <Pager
              page={page}
              pageSize={pageSize}
              total={found.length}
              onChange={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
              of="segments"
            />
          )}
        </>
      )}
    </Stack>
  )
}
