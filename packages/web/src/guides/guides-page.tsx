import type { GuideRow } from '@kindred/model'
import { Badge, Group, SimpleGrid, Text } from '@mantine/core'
import { useProjectList } from '../api/project.ts'
import { PlainLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { SegmentTabs } from '../app/segment-tabs.tsx'
import classes from './guides.module.css'

/** One guide for each industry. */
export function GuidesPage() {
  const query = useProjectList<GuideRow>('guides')
  return (
    <Page
      title="Industry guides"
      says="What an industry cares about, its words, its numbers, and the segments and reports to begin with."
      tabs={<SegmentTabs />}
      freshness={false}
    >
      <Loaded query={query}>
        {(guides) => (
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
            {guides.map((guide) => (
              <PlainLink key={guide.id} to="/guides/$guideId" params={{ guideId: guide.id }} className={classes.card}>
                <Group gap="xs">
                  <Text fw={600}>{guide.industry}</Text>
                  <GuideBadge guide={guide} />
                </Group>
                <Text c="dimmed" size="sm" lineClamp={2}>
                  {guide.says}
                </Text>
              </PlainLink>
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  )
}

/** Whether a guide is finished, a draft, or the team's own. */
export function GuideBadge({ guide }: { guide: GuideRow }) {
  if (guide.changed !== null) return <Badge variant="light">Your own text</Badge>
  return (
    <Badge variant="light" color={guide.draft ? 'gray' : 'lagoon'} c="var(--mantine-color-text)">
      {guide.draft ? 'Draft' : 'Complete'}
    </Badge>
  )
}
