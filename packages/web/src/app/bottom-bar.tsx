import { PlainLink } from './links.tsx'
import classes from './rail.module.css'
import { useOpenSection, useSections } from './sections.ts'

/** The rail of a phone. The project and light or dark are chosen in Settings there. */
export function BottomBar() {
  const sections = useSections()
  const open = useOpenSection()
  return (
    <nav className={classes.bar} aria-label="Main">
      {sections.map(({ to, label, icon: Icon }) => (
        <PlainLink key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={classes.tab} data-open={to === open || undefined}>
          <Icon size={20} stroke={1.6} aria-hidden />
          {label}
        </PlainLink>
      ))}
    </nav>
  )
}
