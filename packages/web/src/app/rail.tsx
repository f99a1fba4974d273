import { Group, Stack, Text } from '@mantine/core'
import { useMe } from '../api/session.ts'
import { ColourSchemeButton } from './colour-scheme-button.tsx'
import { PlainLink } from './links.tsx'
import { Logo } from './logo.tsx'
import { ProjectSelect } from './project-select.tsx'
import classes from './rail.module.css'
import { useOpenSection, useSections } from './sections.ts'

/** The project on the screen, the sections, and the reader with light or dark. */
export function Rail() {
  const { data: me } = useMe()
  const sections = useSections()
  const open = useOpenSection()
  return (
    <Stack h="100%" gap="md" justify="space-between">
      <Stack gap="md">
        <Group px={8} gap={8} pt={4}>
          <Logo />
          <Text fw={600} fz="lg">
            Kindred
          </Text>
        </Group>
        <ProjectSelect />
        <nav aria-label="Main">
          <ul className={classes.list}>
            {sections.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <PlainLink to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={classes.item} data-open={to === open || undefined}>
                  <Icon size={18} stroke={1.6} aria-hidden />
                  {label}
                </PlainLink>
              </li>
            ))}
          </ul>
        </nav>
      </Stack>
      <Group justify="space-between" wrap="nowrap" pl={12}>
        <Text truncate c="dimmed">
          {me?.user.name}
        </Text>
        <ColourSchemeButton />
      </Group>
    </Stack>
  )
}
