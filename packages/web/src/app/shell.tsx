import type { ReactNode } from 'react'
import { BottomBar } from './bottom-bar.tsx'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'

/** The frame around every page: a rail at the left, which on a phone is a bar at the bottom. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <header className={classes.rail}>
        <Rail />
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <div className={classes.bar}>
        <BottomBar />
      </div>
    </div>
  )
}
