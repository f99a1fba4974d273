import { Notification } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import classes from './notice-area.module.css'
import { closeNotice, currentNotices, type Notice, subscribeToNotices } from './notices.ts'

const colors: Readonly<Record<Notice['kind'], string>> = { done: 'lagoon', warning: 'orange', error: 'red' }

/** The corner where notices appear; screen readers hear each as it comes. */
export function NoticeArea() {
  const notices = useSyncExternalStore(subscribeToNotices, currentNotices)
  return (
    <div className={classes.area} aria-live="polite">
      {notices.map(({ id, kind, message }) => (
        <Notification
          key={id}
          role={kind === 'error' ? 'alert' : 'status'}
          color={colors[kind]}
          title={kind === 'error' ? 'That did not work' : undefined}
          withBorder
          onClose={() => closeNotice(id)}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          {message}
        </Notification>
      ))}
    </div>
  )
}
