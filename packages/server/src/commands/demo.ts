import { setTimeout as wait } from 'node:timers/promises'
import type { DemoProgress } from '@kindred/model'
import type { InstanceClient } from './instance-client.ts'
import { progressLine } from './progress-line.ts'

/** Makes the demo shop and shows how far it is. */
export async function demo({ url, authorization }: InstanceClient): Promise<void> {
  const ask = async (method: 'GET' | 'POST'): Promise<DemoProgress> => {
    const answer = await fetch(`${url}/api/v1/demo`, { method, headers: { authorization } })
    if (!answer.ok) throw new Error(`The demo shop could not be made: ${await answer.text()}`)
    return (await answer.json()) as DemoProgress
  }
  let progress = await ask('POST')
  while (progress.state === 'running') {
    progressLine(`Demo shop: ${progress.events.toLocaleString('en')} of about ${progress.total.toLocaleString('en')} events`)
    await wait(500)
    progress = await ask('GET')
  }
  if (progress.state === 'failed') throw new Error(`The demo shop could not be made: ${progress.error}`)
  progressLine(`Demo shop: ${progress.events.toLocaleString('en')} events, ready in project ${progress.projectId}\n`)
}
