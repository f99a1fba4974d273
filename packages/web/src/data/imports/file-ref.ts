import type { ImportInspection } from '@kindred/model'

/** How requests name the file that was looked into. */
export function fileRef({ uploadId, path }: ImportInspection): { uploadId: string } | { path: string } {
  return uploadId === null ? { path: path ?? '' } : { uploadId }
}
