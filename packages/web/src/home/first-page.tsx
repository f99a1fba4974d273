import { Button, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconBuildingStore, IconCode, IconFileUpload } from '../app/icons.tsx'
import { ButtonLink } from '../app/links.tsx'
import { Page } from '../app/page.tsx'
import { DemoProgressBar } from './demo-progress-bar.tsx'
import classes from './home.module.css'
import { useDemo } from './use-demo.ts'

/** Before the first event: three ways to begin, the quickest first. */
export function FirstPage() {
  const { progress, start, starting } = useDemo()
  const running = progress?.state === 'running'
  return (
    <Page
      title="Welcome to Kindred"
      says="See who your customers are, what they do, and which of them belong together. Begin in one of three ways."
      freshness={false}
    >
      <div className={classes.cards}>
        <Way
          icon={<IconBuildingStore size={32} stroke={1.4} aria-hidden />}
          title="Look around in a demo shop"
          says="A made-up shop with 5,000 people and two years of visits, orders and refunds, in a project of its own. Takes under a minute."
          action={
            running ? (
              <DemoProgressBar progress={progress} />
            ) : (
              <Stack gap="xs">
                {progress?.state === 'failed' && (
                  <Text c="var(--mantine-color-error)" role="alert">
                    {progress.error ?? 'The demo could not be filled.'} Try again.
                  </Text>
                )}
                <Button onClick={start} loading={starting}>
                  {progress?.state === 'done' ? 'Open the demo shop' : 'Fill the demo shop'}
                </Button>
              </Stack>
            )
          }
        />
        <Way
          icon={<IconFileUpload size={32} stroke={1.4} aria-hidden />}
          title="Import a file"
          says="Orders, events or customers as CSV, TSV, JSON lines or Parquet, gzip too. Say which column is what, and see each row that did not fit."
          action={
            <ButtonLink to="/data/imports/new" variant="default">
              Choose a file
            </ButtonLink>
          }
        />
        <Way
          icon={<IconCode size={32} stroke={1.4} aria-hidden />}
          title="Connect your site or server"
          says="The PostHog or Segment SDKs you may have already work as they are; a curl line does too. An event shows within two seconds of being sent."
          action={
            <ButtonLink to="/data/sources" variant="default">
              Copy the set-up
            </ButtonLink>
          }
        />
      </div>
    </Page>
  )
}

function Way({ icon, title, says, action }: { icon: ReactNode; title: string; says: string; action: ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section">
      <Stack h="100%" gap="md">
        <Text component="span" c="var(--mantine-color-anchor)" lh={1}>
          {icon}
        </Text>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" flex={1}>
          {says}
        </Text>
        {action}
      </Stack>
    </Paper>
  )
}
