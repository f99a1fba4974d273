/** Bytes: what the container may use, or what the machine has. */
export const availableMemory: number
/** Flags of Node for so many bytes of memory. */
export function nodeFlagsFor(memory: number): readonly string[]
/** Those for what there is. */
export const nodeFlags: readonly string[]
/** The environment that a process of Kindred is started with, from the one that is there. */
export function settledEnvironment(given: NodeJS.ProcessEnv, memory?: number): NodeJS.ProcessEnv
