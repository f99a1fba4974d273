import { Text } from '@mantine/core'

/** The readable name, with the raw one below where they differ. */
export function Name({ label, name }: { label: string; name: string }) {
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
    </>
  )
}
