import { lazy, Suspense, useState } from 'react'
import type { PeopleBehindProps } from '../people/people-behind.tsx'

const PeopleBehind = lazy(async () => ({ default: (await import('../people/people-behind.tsx')).PeopleBehind }))

/** The people behind a number of Home. Their list is loaded when the first number is opened, so that Home itself stays light. */
export function OpenedPeople(props: PeopleBehindProps) {
  const [needed, setNeeded] = useState(false)
  if (!needed && props.opened !== null) setNeeded(true)
  if (!needed) return null
  return (
    <Suspense fallback={null}>
      <PeopleBehind {...props} />
    </Suspense>
  )
}
