/** What must be settled before a process of Kindred exists: flags of Node, and the environment of its libraries. */
import { availableParallelism, totalmem } from 'node:os'

/** Bytes: what the container may use, or what the machine has. Without a limit the container's is a number that no machine has. */
export const availableMemory = Math.min(process.constrainedMemory?.() || totalmem(), totalmem())

/** Where there is so little, a large file comes in more slowly rather than not at all. */
const isLittle = (memory) => memory < 2 ** 30

/**
 * Each thread has a heap of its own, and half of what they grew to under load was garbage not yet cleared. Collected when a heap has grown by
 * as much again and a fifth, rather than by several times, and with a smaller nursery, the server peaks at three quarters of the memory in the same time;
 * collected sooner still, at less, in a tenth more time. A nursery may be up to three times the size that is given here, for each of six threads.
 */
export function nodeFlagsFor(memory) {
  return ['--max-semi-space-size=2', `--heap-growing-percent=${heapGrowthFor(memory)}`]
}

const heapGrowthFor = (memory) => (isLittle(memory) ? sparingHeapGrowth : 120)

/** By how much, in percent, a heap grows before it is collected, where memory matters more than time: while a file comes in. */
export const sparingHeapGrowth = 30
/** The same at all other times. */
export const heapGrowth = heapGrowthFor(availableMemory)
export const nodeFlags = nodeFlagsFor(availableMemory)

/**
 * The environment, with what `given` already says of memory. Of the C library, glibc's: by itself it keeps ten megabytes for each thread of the pool, and once
 * it has seen a batch of some megabytes it keeps ever more for good. Blocks below one megabyte are kept: asked of the system anew for each batch, they cost time.
 * Of the store, which has an allocator of its own: what is free goes back after a tenth of a second instead of five seconds, more than a hundred megabytes while a large file comes in;
 * at once, questions would take twice as long, since each had to ask the system for its memory anew; so only where there is little. A thread for that, it has on Linux alone.
 */
export function settledEnvironment(given, memory = availableMemory) {
  return {
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: String(2 ** 20),
    MALLOC_TRIM_THRESHOLD_: String(2 ** 20),
    JE_MALLOC_CONF: `dirty_decay_ms:${isLittle(memory) ? 0 : 100}${process.platform === 'linux' ? ',background_thread:true' : ''}`,
    ...given,
    UV_THREADPOOL_SIZE: String(Math.max(threads, Number(given.UV_THREADPOOL_SIZE) || 0)),
  }
}

/**
 * Each session of the embedded store holds one thread of Node's pool while it works, and unpacking and look-ups share that pool:
 * one writer, one control, one for the background, four streams, a reader per core and one more, and eight threads for the rest.
 */
const threads = availableParallelism() + 16
