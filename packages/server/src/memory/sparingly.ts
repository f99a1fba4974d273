import v8 from 'node:v8'
import { heapGrowth, sparingHeapGrowth } from '../../bin/process-settings.mjs'
import { releaseProgramPages } from './program-pages.ts'

/** In milliseconds: what is over by then need not be slower for it. */
const soon = 10_000
const releaseEvery = 5_000

/**
 * Runs `work` in as little memory as the process can do with, once it has gone on for ten seconds: the heaps of all threads are collected sooner, which takes a tenth of the speed, and
 * what only earlier work used of the program files is let go now and again. One at a time.
 */
export async function sparingly<Result>(work: () => Promise<Result>): Promise<Result> {
  await releaseProgramPages()
  const again = setInterval(() => void releaseProgramPages(), releaseEvery)
  const sparing = setTimeout(() => v8.setFlagsFromString(growing(sparingHeapGrowth)), soon)
  try {
    return await work()
  } finally {
    clearInterval(again)
    clearTimeout(sparing)
    v8.setFlagsFromString(growing(heapGrowth))
  }
}

const growing = (percent: number) => `--heap-growing-percent=${percent}`
