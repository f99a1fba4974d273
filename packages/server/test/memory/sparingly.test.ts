import { readFileSync } from 'node:fs'
import v8 from 'node:v8'
import { expect, test, vi } from 'vitest'
import { heapGrowth, sparingHeapGrowth } from '../../bin/process-settings.mjs'
import { sparingly } from '../../src/memory/sparingly.ts'

const [usual, sparing] = [heapGrowth, sparingHeapGrowth].map((percent) => `--heap-growing-percent=${percent}`)
const set = vi.spyOn(v8, 'setFlagsFromString')
const flags = () => set.mock.calls.splice(0).map(([flag]) => flag)

test('work that is over soon is not slowed down, longer work is, and what comes after it is not', async () => {
  vi.useFakeTimers()
  try {
    expect(await sparingly(async () => 'short')).toBe('short')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(flags()).toEqual([usual])
    await expect(
      sparingly(async () => {
        await vi.advanceTimersByTimeAsync(9_000)
        expect(flags()).toEqual([])
        await vi.advanceTimersByTimeAsync(2_000)
        expect(flags()).toEqual([sparing])
        throw new Error('failed')
      }),
    ).rejects.toThrow('failed')
    expect(flags()).toEqual([usual])
    await sparingly(async () => {
      await vi.advanceTimersByTimeAsync(1)
      expect(flags()).toEqual([sparing])
    }, true)
    expect(flags()).toEqual([usual])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test.runIf(process.platform === 'linux')('it begins with less of the program files in memory', async () => {
  const resident = () => Number(/^RssFile:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  const before = resident()
  await sparingly(async () => expect(resident()).toBeLessThan(before))
})
