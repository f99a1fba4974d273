import { join } from 'node:path'
import type { Config } from '../config.ts'

/** For what imports need on disk while they run, and not after: the next start empties it. */
export function workFolder({ config }: { config: Pick<Config, 'dataDir'> }): string {
  return join(config.dataDir, 'import-work')
}
