import { Button, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { signOut, useMe } from '../api/session.ts'
import { notifyError } from '../app/notify.ts'
import { Section } from './section.tsx'

/** Who is signed in on this browser, and the way out. */
export function Account() {
  const navigate = useNavigate()
  const { data: me } = useMe()
  return (
    <Section title="Account">
      <Group justify="space-between">
        <Text>Signed in as {me?.user.name}</Text>
        <Button variant="default" onClick={() => void signOut().then(() => navigate({ to: '/login' }), notifyError)}>
          Sign out
        </Button>
      </Group>
    </Section>
  )
}
