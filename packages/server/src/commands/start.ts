import { createLoginToken, firstUser } from '../auth/sessions.ts'
import type { Config } from '../config.ts'
import { loadDemo } from '../demo/load.ts'
import { startKindred } from '../main.ts'
import type { Parts } from '../parts.ts'
import { version } from '../version.ts'
import { loginLink } from './login.ts'
import { progressLine } from './progress-line.ts'

/** Starts the server, prints the sign-in link and runs until it is told to stop. */
export async function start({ config, webFolder, demo }: { config: Config; webFolder: string; demo: boolean }): Promise<void> {
  const kindred = await startKindred({ config, webFolder })
  stopOnSignal(() => kindred.close())
  const token = await createLoginToken(kindred.parts, await firstUser(kindred.parts))
  console.log(`Kindred ${version} is at ${kindred.url} (data in ${config.dataDir}; Ctrl-C stops it).\n`)
  console.log(`Sign in with this link. It works once, for 15 minutes; \`npx kindred login\` makes another:\n  ${loginLink(kindred.url, token)}\n`)
  if (demo) await fillDemo(kindred.parts)
}

/** Fills the demo shop, with its progress on the terminal. What goes wrong is said there, and the server goes on. */
export async function fillDemo(parts: Parts): Promise<void> {
  try {
    const { state } = await loadDemo(parts, {
      onProgress: ({ events, total }) => progressLine(`Demo shop: ${events.toLocaleString('en')} of about ${total.toLocaleString('en')} events`),
    })
    if (state === 'done') progressLine('Demo shop: ready\n')
  } catch (error) {
    console.error(`\nThe demo shop could not be filled: ${error instanceof Error ? error.message : error}`)
  }
}

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the launcher. */
const sameSignalMilliseconds = 1000

/** Closes once, in order, at the first signal or when the launcher is gone; a second Ctrl-C ends the process at once. */
function stopOnSignal(close: () => Promise<void>): void {
  let stoppingSince: number | undefined
  const stop = () => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > sameSignalMilliseconds) process.exit(130)
      return
    }
    stoppingSince = Date.now()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('disconnect', stop)
}
