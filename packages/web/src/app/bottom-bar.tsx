import { PlainLink } from './links.tsx'
import classes from './rail.module.css'
import { useSections } from './sections.ts'

/** The rail of a phone. The project and light or dark are chosen in Settings there. */
export function BottomBar() {
  const sections = useSections()
  return (
    <nav className={classes.bar} aria-label="Main">
      {sections.map(({ to, label, icon: Icon }) => (
        <PlainLink key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={classes.tab}>
          <Icon size={20} stroke={1.6} aria-hidden />
          {label}
        </PlainLink>
      ))}
    </nav>
  )
}
