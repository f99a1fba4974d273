import { Code, Group, ScrollArea, Text } from '@mantine/core'
import { CopyIcon } from '../../app/copy-field.tsx'

/** Code to copy, under what it does. */
export function Snippet({ title, code }: { title: string; code: string }) {
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Text fw={500}>{title}</Text>
        <CopyIcon value={code} label={title} />
      </Group>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': title }}>
        <Code block w="max-content" miw="100%">
          {code}
        </Code>
      </ScrollArea>
    </div>
  )
}
