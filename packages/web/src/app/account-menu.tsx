import { Menu, Text, UnstyledButton } from '@mantine/core'
import { IconDotsVertical, IconLogout } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { signOut, useMe } from '../api/session.ts'
import { ColourSchemeItems } from './colour-scheme-items.tsx'
import classes from './menus.module.css'
import { notifyError } from './notify.ts'

/** The reader: light or dark, and the way out. */
export function AccountMenu() {
  const { data: me } = useMe()
  return (
    <Menu width={216} position="top-start" shadow="sm">
      <Menu.Target>
        <UnstyledButton className={`${classes.target} ${classes.plain}`} aria-label={`${me?.user.name ?? 'Account'}: appearance and sign-out`}>
          <Text span truncate>
            {me?.user.name}
          </Text>
          <IconDotsVertical size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <ColourSchemeItems />
        <Menu.Divider />
        <SignOutItem />
        {me && <Menu.Label>Kindred {me.version}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  )
}

export function SignOutItem() {
  const navigate = useNavigate()
  const leave = () => signOut().then(() => navigate({ to: '/login' }), notifyError)
  return (
    <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
      Sign out
    </Menu.Item>
  )
}
