import { AppShell } from '@mantine/core'
import type { ReactNode } from 'react'
import { BottomBar } from './bottom-bar.tsx'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'

/** The frame around every page: a rail at the left, which on a phone is a bar at the bottom. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <AppShell navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: true } }} footer={{ height: { base: 60, sm: 0 } }} padding={0}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <AppShell.Navbar className={classes.rail} aria-label="Main" visibleFrom="sm">
        <Rail />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm">
        <BottomBar />
      </AppShell.Footer>
    </AppShell>
  )
}
