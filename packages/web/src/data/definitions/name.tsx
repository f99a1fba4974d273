import { Text } from '@mantine/core'

/** The readable name, with the raw one below where they differ, and what the team says of it. */
export function Name({ label, name, description = '' }: { label: string; name: string; description?: string }) {
  return (
    <>
      <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
        {label}
      </Text>
      {label !== name && (
        <Text c="dimmed" fz="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      )}
      {description !== '' && (
        <Text c="dimmed" fz="xs" lineClamp={2} title={description} maw={360}>
          {description}
        </Text>
      )}
    </>
  )
}
