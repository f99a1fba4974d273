/** Builds what is stale among the names, by default all; answers the names of what was built. Errors: a build fails. */
export function buildStale(names?: readonly string[]): Promise<string[]>
