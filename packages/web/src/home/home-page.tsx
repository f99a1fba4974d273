import { Stack } from '@mantine/core'
import { useStatus } from '../api/project.ts'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { Activity } from './activity.tsx'
import { Countries } from './countries.tsx'
import { FirstPage } from './first-page.tsx'
import { GettingStarted } from './getting-started.tsx'
import { Headcount } from './headcount.tsx'
import classes from './home.module.css'
import { ProblemList } from './problem-list.tsx'
import { SegmentChanges } from './segment-changes.tsx'
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
            <div className={classes.cards}>
              <div className={classes.wide}>
                <Activity status={status} />
              </div>
              <SegmentChanges />
              <Countries status={status} />
              <WhatPeopleDo />
              <GettingStarted status={status} />
            </div>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
