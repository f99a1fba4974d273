import { Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

/** One part of the settings, with what it is for. */
export function Section({ title, says, children }: { title: string; says?: string; children: ReactNode }) {
  const id = useId()
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={id}>
      <Stack>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {says && <Text c="dimmed">{says}</Text>}
        </div>
        {children}
      </Stack>
    </Paper>
  )
}
