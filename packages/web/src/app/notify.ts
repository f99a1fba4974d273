import { messageOf } from './error-message.ts'
import { addNotice, closeNotice } from './notices.ts'

/** Says that something the reader asked for was done; goes by itself. */
export function notifyDone(message: string): void {
  const id = addNotice('done', message)
  setTimeout(() => closeNotice(id), 5000)
}

/** Says what was done and had better be looked at again; stays until it is closed. */
export function notifyWarning(message: string): void {
  addNotice('warning', message)
}

/** Says what went wrong and what to do; stays until it is closed. */
export function notifyError(error: unknown): void {
  addNotice('error', messageOf(error))
}
