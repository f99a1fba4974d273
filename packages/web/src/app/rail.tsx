import { Group, Stack, Text } from '@mantine/core'
import { AccountMenu } from './account-menu.tsx'
import { PlainLink } from './links.tsx'
import { Logo } from './logo.tsx'
import { ProjectMenu } from './project-menu.tsx'
import classes from './rail.module.css'
import { sections } from './sections.ts'

/** The sections, the project on the screen, and the reader's own menu. */
export function Rail() {
  return (
    <Stack h="100%" gap="md" justify="space-between">
      <Stack gap="md">
        <Group px={8} gap={8} pt={4}>
          <Logo />
          <Text fw={600} fz="lg">
            Kindred
          </Text>
        </Group>
        <ProjectMenu />
        <Stack gap={2} component="ul" className={classes.list}>
          {sections.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <PlainLink to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={classes.item}>
                <Icon size={18} stroke={1.6} aria-hidden />
                {label}
              </PlainLink>
            </li>
          ))}
        </Stack>
      </Stack>
      <AccountMenu />
    </Stack>
  )
}
