import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'
import { ServerUnderTest } from './server-under-test.ts'

const usage = 'npm run fuzz -- [--requests 20000] [--seed 1] [--from 0]'

/** Sends changed requests of real senders to a real server, and says what it found. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, from: { type: 'string', default: '0' } },
  })
  const [requests, from] = [Number(values.requests), Number(values.from)]
  if (!(requests > 0) || !(from >= 0)) throw new Error(usage)
  const server = new ServerUnderTest()
  try {
    await server.ready()
    console.log(JSON.stringify(await fuzz({ server, seed: values.seed, requests, from, say: (line) => console.error(line) }), null, 2))
  } finally {
    await server.stop()
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
