import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface CardProps {
  title: string
  /** What exactly the card counts, in grey. */
  says?: ReactNode
  /** The way to the whole of it. */
  more?: ReactNode
  children: ReactNode
}

/** One answer on Home. */
export function Card({ title, says, more, children }: CardProps) {
  const id = useId()
  return (
    <Paper withBorder p="md" h="100%" component="section" aria-labelledby={id}>
      <Stack gap="sm" h="100%">
        <div>
          <Group justify="space-between" wrap="nowrap">
            <Title order={2} id={id}>
              {title}
            </Title>
            {more}
          </Group>
          {says && <Text c="dimmed">{says}</Text>}
        </div>
        {children}
      </Stack>
    </Paper>
  )
}
