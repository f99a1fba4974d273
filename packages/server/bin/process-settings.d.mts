export const nodeFlags: readonly string[]
/** The environment that a process of Kindred is started with, from the one that is there. */
export function settledEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv
