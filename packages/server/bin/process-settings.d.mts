/** Bytes: what the container may use, or what the machine has. */
export const availableMemory: number
/** Flags of Node for so many bytes of memory. */
export function nodeFlagsFor(memory: number): readonly string[]
/** By how much, in percent, a heap grows before it is collected: at other times, and while memory matters more than time. */
export const heapGrowth: number
export const sparingHeapGrowth: number
/** Those for what there is. */
export const nodeFlags: readonly string[]
/** The environment that a process of Kindred is started with, from the one that is there. */
export function settledEnvironment(given: NodeJS.ProcessEnv, memory?: number): NodeJS.ProcessEnv
