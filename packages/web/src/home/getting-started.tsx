import type { SavedInsight, Segment, Status } from '@kindred/model'
import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useProject, useProjectList } from '../api/project.ts'
import { IconCircle, IconCircleCheckFilled } from '../app/icons.tsx'
import { TextLink } from '../app/links.tsx'
import { Card } from './card.tsx'
import { LatestEvents } from './latest-events.tsx'

interface Step {
  done: boolean
  link: ReactNode
  says: string
}

/** The steps from nothing to a segment that is used, ticked by what is really there; once all are done, the latest events instead. */
export function GettingStarted({ status }: { status: Status }) {
  const { data: project } = useProject()
  const { data: segments } = useProjectList<Segment>('segments')
  const { data: insights } = useProjectList<SavedInsight>('insights')
  const steps: Step[] = [
    { done: status.events > 0, link: <TextLink to="/data/sources">Bring in events</TextLink>, says: 'from your site, your server or a file' },
    {
      done: status.people.all > status.people.anonymous,
      link: <TextLink to="/data/sources">Say who people are</TextLink>,
      says: 'identify them when they sign in or order',
    },
    {
      done: (project?.roles.events.order?.length ?? 0) > 0,
      link: <TextLink to="/data/roles">Say what an order is</TextLink>,
      says: 'so that “bought” means the right event',
    },
    { done: (insights?.length ?? 0) > 0, link: <TextLink to="/insights">Keep an insight</TextLink>, says: 'name a question and come back to it' },
    { done: (segments?.length ?? 0) > 0, link: <TextLink to="/segments/new">Save a segment</TextLink>, says: 'and export its people' },
  ]
  const done = steps.filter((step) => step.done).length
  if (done === steps.length) return <LatestEvents />
  return (
    <Card title="Getting started" says={`${done} of ${steps.length} done`}>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <Group key={step.says} component="li" gap="sm" wrap="nowrap" align="flex-start">
            {step.done ? (
              <IconCircleCheckFilled size={20} role="img" aria-label="Done" color="var(--mantine-color-anchor)" style={{ flex: 'none' }} />
            ) : (
              <IconCircle size={20} stroke={1.5} role="img" aria-label="Not done yet" color="var(--mantine-color-dimmed)" style={{ flex: 'none' }} />
            )}
            <div>
              {step.link}
              <Text c="dimmed" fz="xs">
                {step.says}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
