import type { Page, Segment } from '@kindred/model'
import { List } from '@mantine/core'
import { useProjectQuery } from '../../api/project.ts'
import { TextLink } from '../../app/links.tsx'

/** Segments in the archive; nothing where there are none. */
export function ArchivedSegments() {
  const { data } = useProjectQuery<Page<Segment>>('segments', { archived: 'only', limit: 500 })
  const archived = data?.results ?? []
  if (archived.length === 0) return null
  return (
    <details>
      <summary>In the archive ({archived.length})</summary>
      <List mt="xs">
        {archived.map((segment) => (
          <List.Item key={segment.id}>
            <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }}>
              {segment.name}
            </TextLink>
          </List.Item>
        ))}
      </List>
    </details>
  )
}
