import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Freshness } from './freshness.tsx'
import classes from './page.module.css'

interface PageProps {
  title: string
  /** Replaces the plain title, where it can be edited in place. */
  heading?: ReactNode
  /** One line below the title. */
  says?: ReactNode
  actions?: ReactNode
  /** The pages of its section. */
  tabs?: ReactNode
  /** False on pages that show nothing read from events. */
  freshness?: boolean
  children: ReactNode
}

/** The frame of every page: its title, what can be done, how fresh the data is, and the content. */
export function Page({ title, heading, says, actions, tabs, freshness = true, children }: PageProps) {
  useDocumentTitle(`${title} · Kindred`)
  return (
    <Box className={classes.page}>
      <header className={classes.header}>
        <Stack gap={2} miw={0} className={classes.words} data-says={says ? true : undefined}>
          {heading ?? <Title order={1}>{title}</Title>}
          {says && (
            <Text c="dimmed" component="div">
              {says}
            </Text>
          )}
        </Stack>
        {(freshness || actions) && (
          <Group gap="sm" className={classes.side} data-actions={actions ? true : undefined}>
            {freshness && (
              <span className={classes.fresh}>
                <Freshness />
              </span>
            )}
            {actions}
          </Group>
        )}
      </header>
      {tabs}
      {children}
    </Box>
  )
}
