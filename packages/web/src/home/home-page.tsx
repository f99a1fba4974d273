import { Grid, Stack } from '@mantine/core'
import { useStatus } from '../api/project.ts'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { Activity } from './activity.tsx'
import { Countries } from './countries.tsx'
import { FirstPage } from './first-page.tsx'
import { GettingStarted } from './getting-started.tsx'
import { Headcount } from './headcount.tsx'
import { ProblemList } from './problem-list.tsx'
import { SegmentSizes } from './segment-sizes.tsx'
import { WhatPeopleDo } from './what-people-do.tsx'

/** What is known now; before anything is, the three ways to begin. */
export function HomePage() {
  const query = useStatus()
  const empty = query.data !== undefined && query.data.events === 0 && query.data.people.all === 0
  if (empty) return <FirstPage />
  return (
    <Page title="Home">
      <Loaded query={query} skeleton={<Lines count={10} />}>
        {(status) => (
          <Stack gap="lg">
            <ProblemList problems={status.problems} />
            <Headcount people={status.people} />
            <Grid gap="lg">
              <Grid.Col span={{ base: 12, md: 8 }}>
                <Activity status={status} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 4 }}>
                <SegmentSizes everyone={status.people.all} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 4 }}>
                <Countries status={status} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 4 }}>
                <WhatPeopleDo />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 4 }}>
                <GettingStarted status={status} />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
