import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What promises how soon something is seen has the machine to itself. */
const timed = ['tests/e2e/live-walk.test.ts']

/** What replaces modules or ends processes has a process of its own. */
const apart = ['packages/server/test/pipeline/store-trouble.test.ts', 'packages/server/test/pipeline/kill.test.ts']

/** The files that take longest, longest first: one that begins late keeps a single core busy at the end. */
const longest = [
  'accessibility',
  'shop-walks',
  'online-retail',
  'builder-walk',
  'segment-page',
  'backup',
  'corpus',
  'kill',
  'delivery-kill',
  'random-definitions',
  'value-table',
  'explain',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}

/** A page that is drawn anew while three browsers share two cores takes more than the second that a poll waits otherwise. */
const patient = { poll: { timeout: 30_000 } }

/**
 * `unit` takes seconds and opens nothing. `server` opens real stores, one at a time in a process; its files share two processes, since loading the server
 * takes longer than most of its tests. `e2e` drives the built server in Chromium, three files at a time: each waits a good part of its time.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/{model,science,engine,web}/test/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['packages/server/test/**/*.test.ts'],
          exclude: apart,
          isolate: false,
          globalSetup: ['scripts/built-workers.mjs', 'scripts/test-folder.mjs'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server apart',
          include: apart,
          globalSetup: ['scripts/built-workers.mjs', 'scripts/test-folder.mjs'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: timed,
          expect: patient,
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { name: 'e2e alone', include: timed, expect: patient, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 120_000, sequence: { groupOrder: 3 } },
      },
    ],
  },
})
