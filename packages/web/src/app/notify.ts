import { notifications } from '@mantine/notifications'
import { messageOf } from './error-message.ts'

/** Says that something the reader asked for was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true })
}

/** Says what went wrong and what to do; stays until it is closed. */
export function notifyError(error: unknown): void {
  notifications.show({ title: 'That did not work', message: messageOf(error), color: 'red', autoClose: false, withBorder: true })
}
