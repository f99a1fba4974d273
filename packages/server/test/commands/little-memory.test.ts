import { expect, test } from 'vitest'
import { nodeFlagsFor, settledEnvironment } from '../../bin/process-settings.mjs'
import { readConfig } from '../../src/config.ts'

const [little, plenty] = [600 * 2 ** 20, 8 * 2 ** 30]

test('in a small container heaps are collected sooner, and the store gives back at once', () => {
  expect(nodeFlagsFor(little)).toEqual(['--max-semi-space-size=2', '--heap-growing-percent=30'])
  expect(settledEnvironment({}, little).JE_MALLOC_CONF).toMatch(/^dirty_decay_ms:0\b/)
  expect(nodeFlagsFor(plenty)).toEqual(['--max-semi-space-size=2', '--heap-growing-percent=120'])
  expect(settledEnvironment({}, plenty).JE_MALLOC_CONF).toMatch(/^dirty_decay_ms:100\b/)
  expect(settledEnvironment({ JE_MALLOC_CONF: 'dirty_decay_ms:50' }, little).JE_MALLOC_CONF).toBe('dirty_decay_ms:50')
})

test('one question takes a quarter of the memory there is at most, unless it is told how much', () => {
  const megabytes = (env: Record<string, string>, memory: number) => readConfig(env, {}, memory).queryMemoryBytes / 2 ** 20
  expect(megabytes({}, plenty)).toBe(1536)
  expect(megabytes({}, little)).toBe(150)
  expect(megabytes({ KINDRED_QUERY_MEMORY_MB: '400' }, little)).toBe(400)
})
