import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { SignOutItem } from './account-menu.tsx'
import { ColourSchemeItems } from './colour-scheme-items.tsx'
import { PlainLink } from './links.tsx'
import classes from './rail.module.css'
import { sections } from './sections.ts'

/** The rail of a phone: four sections, and the rest behind "More". */
export function BottomBar() {
  return (
    <nav className={classes.bar} aria-label="Main">
      {sections.slice(0, 4).map(({ to, label, icon: Icon }) => (
        <PlainLink key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={classes.tab}>
          <Icon size={20} stroke={1.6} aria-hidden />
          {label}
        </PlainLink>
      ))}
      <More />
    </nav>
  )
}

function More() {
  const navigate = useNavigate()
  const { data: me } = useMe()
  return (
    <Menu width={240} position="top-end" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.tab}>
          <IconDots size={20} stroke={1.6} aria-hidden />
          More
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {sections.slice(4).map(({ to, label, icon: Icon }) => (
          <Menu.Item key={to} leftSection={<Icon size={16} aria-hidden />} onClick={() => void navigate({ to })}>
            {label}
          </Menu.Item>
        ))}
        {me && me.projects.length > 1 && <Menu.Label>Projects</Menu.Label>}
        {me &&
          me.projects.length > 1 &&
          me.projects.map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => void navigate({ to: '/', search: { project: id } })}>
              {name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <ColourSchemeItems />
        <Menu.Divider />
        <SignOutItem />
      </Menu.Dropdown>
    </Menu>
  )
}
