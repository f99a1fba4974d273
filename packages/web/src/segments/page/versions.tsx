import type { Segment, SegmentVersion } from '@kindred/model'
import { List, Text, Timeline } from '@mantine/core'
import { useProjectList } from '../../api/project.ts'
import { formatDateTime } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'

/** Every version with who made it, when, and what changed; the newest first. An earlier rule is brought back through the builder, which shows who it keeps before it is saved as a version of its own. */
export function Versions({ segment }: { segment: Segment }) {
  const query = useProjectList<SegmentVersion>(`segments/${segment.id}/versions`)
  return (
    <Loaded query={query}>
      {(versions) => (
        <Timeline bulletSize={16} lineWidth={2} active={versions.length} styles={{ itemBullet: { backgroundColor: 'var(--kindred-surface)' } }}>
          {[...versions]
            .sort((a, b) => b.version - a.version)
            .map((version) => (
              <Timeline.Item key={version.version} title={`Version ${version.version}`}>
                <Text size="xs" c="dimmed">
                  {version.author}, {formatDateTime(version.at)}
                </Text>
                <Text>{version.sentence}</Text>
                {version.changes.length > 0 && (
                  <List size="sm" mt={4}>
                    {version.changes.map((line) => (
                      <List.Item key={line}>{line}</List.Item>
                    ))}
                  </List>
                )}
                {version.version !== segment.version && version.definition !== null && (
                  <TextLink
                    to="/segments/$segmentId/edit"
                    params={{ segmentId: String(segment.id) }}
                    search={version.definition}
                    size="sm"
                    aria-label={`Restore version ${version.version}`}
                  >
                    Restore
                  </TextLink>
                )}
              </Timeline.Item>
            ))}
        </Timeline>
      )}
    </Loaded>
  )
}
