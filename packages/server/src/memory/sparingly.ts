import v8 from 'node:v8'
import { heapGrowth, sparingHeapGrowth } from '../../bin/process-settings.mjs'
import { releaseProgramPages } from './program-pages.ts'

/** In milliseconds: what is over by then need not be slower for it. */
const soon = 10_000
const releaseEvery = 5_000

/**
 * Runs `work` in as little memory as the process can do with, `atOnce` or once it has gone on for ten seconds: the heaps of all threads are collected sooner, which takes a tenth of
 * the speed, and what only earlier work used of the program files is let go now and again. One at a time.
 */
export async function sparingly<Result>(work: () => Promise<Result>, atOnce = false): Promise<Result> {
  await releaseProgramPages()
  const again = setInterval(() => void releaseProgramPages(), releaseEvery)
  const sparing = setTimeout(growBy, atOnce ? 0 : soon, sparingHeapGrowth)
  try {
    return await work()
  } finally {
    clearInterval(again)
    clearTimeout(sparing)
    growBy(heapGrowth)
  }
}

function growBy(percent: number): void {
  v8.setFlagsFromString(`--heap-growing-percent=${percent}`)
}
