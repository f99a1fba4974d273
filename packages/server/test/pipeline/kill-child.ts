import { acknowledged, eventsOf } from './kill-load.ts'
import { openWayIn } from './way-in.ts'

/** Sends without end to the real way in on a folder, several batches at a time, and prints each that is acknowledged. Ends by being killed. */
const [folder = '', project = '1', next = '0', again = '[]'] = process.argv.slice(2)
const wayIn = await openWayIn({}, folder)
const waiting = JSON.parse(again) as number[]
let number = Number(next)

async function sendForEver(): Promise<void> {
  for (;;) {
    const batch = waiting.shift() ?? number++
    const { status } = await wayIn.send(Number(project), eventsOf(batch))
    if (status === 200) process.stdout.write(`${acknowledged}${batch}\n`)
    else waiting.push(batch)
  }
}
await Promise.all(Array.from({ length: 4 }, sendForEver))
