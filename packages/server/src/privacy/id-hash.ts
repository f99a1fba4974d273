import { createHmac } from 'node:crypto'

/** What is kept of an id whose person is gone: it tells the id again, and without the installation's key says nothing. */
export function idHash(key: string, projectId: number, id: string): string {
  return createHmac('sha256', key).update(`${projectId}\0${id}`).digest('base64url')
}
