import { useEffect, useRef } from 'react'
import { PlainLink } from './links.tsx'
import classes from './segment-tabs.module.css'

const pages = [
  { to: '/segments', label: 'Segments' },
  { to: '/segments/templates', label: 'Templates' },
  { to: '/segmentations', label: 'Segmentations' },
  { to: '/segments/overlap', label: 'Overlap' },
  { to: '/segments/compare', label: 'Compare' },
  { to: '/guides', label: 'Industry guides' },
] as const

/** The pages of the section Segments; on a phone the row is longer than the screen and shows the page one is on. */
export function SegmentTabs() {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <nav aria-label="Segments" className={classes.tabs}>
      <ul ref={list} className={classes.list}>
        {pages.map(({ to, label }) => (
          <li key={to}>
            <PlainLink to={to} activeOptions={{ exact: true, includeSearch: false }} className={classes.tab}>
              {label}
            </PlainLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
