import { EmptyState } from './empty-state.tsx'
import { IconMapOff } from './icons.tsx'
import { ButtonLink } from './links.tsx'

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <main>
      <EmptyState
        order={1}
        icon={<IconMapOff size={40} stroke={1.25} />}
        title="There is nothing at this address"
        action={<ButtonLink to="/">Go to Home</ButtonLink>}
      >
        The link may be old, or what it named was deleted.
      </EmptyState>
    </main>
  )
}
