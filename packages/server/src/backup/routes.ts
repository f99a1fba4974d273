import { KindredError } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { makeBackup } from './make-backup.ts'

const request = z.strictObject({ path: z.string().min(1).max(4000) })
const state = z.strictObject({
  state: z.enum(['none', 'running', 'done', 'failed']),
  path: z.string(),
  error: z.string().nullable(),
  /** Of the log: all events up to here are in it. */
  position: z.number().int().nullable(),
})
type BackupState = z.infer<typeof state>

/** Backups, for the command line of this machine: a path is written to, which nobody else may choose. */
export function backupRoutes(app: Api, parts: Parts): void {
  let now: BackupState = { state: 'none', path: '', error: null, position: null }
  let running: Promise<void> | undefined
  const run = async (path: string): Promise<void> => {
    try {
      const { position } = await makeBackup(parts, path)
      now = { ...now, state: 'done', position }
    } catch (error) {
      now = { ...now, state: 'failed', error: error instanceof Error ? error.message : String(error) }
    }
  }
  app.addHook('onClose', () => running)
  app.post(
    '/api/v1/backup',
    {
      schema: { body: request },
      config: {
        scope: 'user',
        summary: 'Make a backup',
        description: 'Only for the command line of the same machine.',
        reply: state,
        errors: ['backup/running', 'auth/required'],
      },
    },
    async ({ access, body }) => {
      // A browser's session has a token of its own against forged requests; the command line has none.
      if (access.csrf !== undefined || access.key !== undefined) throw new KindredError('auth/required')
      if (now.state === 'running') throw new KindredError('backup/running')
      now = { state: 'running', path: body.path, error: null, position: null }
      running = run(body.path)
      return now
    },
  )
  app.get('/api/v1/backup', { config: { scope: 'user', summary: 'How far the backup is', reply: state } }, async () => now)
}
