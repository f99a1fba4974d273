import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** 1 where nothing else on the page is a heading. */
  order?: 1 | 2
  /** What would be here. */
  children?: ReactNode
  /** The one action that fills it. */
  action?: ReactNode
}

/** What stands where nothing is yet: what would be here, and the one action that fills it. */
export function EmptyState({ icon, title, order = 2, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      {icon && (
        <Text component="span" c="dimmed" aria-hidden lh={1}>
          {icon}
        </Text>
      )}
      <Title order={order}>{title}</Title>
      {children && (
        <Text c="dimmed" maw={480} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  )
}
