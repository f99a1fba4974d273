import type { ImportState } from '@kindred/model'

export const importStateWords: Record<ImportState['state'], string> = {
  waiting: 'Waiting its turn',
  running: 'Running',
  cancelled: 'Cancelled',
  done: 'Done',
  failed: 'Failed',
}

/** How much of an import is done, 0 to 1. */
export function shareDone({ state, bytes, bytesRead }: Pick<ImportState, 'state' | 'bytes' | 'bytesRead'>): number {
  if (state === 'done') return 1
  return bytes > 0 ? Math.min(1, bytesRead / bytes) : 0
}
