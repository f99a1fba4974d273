import { Code, Text } from '@mantine/core'

/** A sentence in which what stands between backticks is code. */
export function CodedText({ children }: { children: string }) {
  return (
    <Text>
      {children.split('`').map((part, place) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
        place % 2 === 1 ? <Code key={place}>{part}</Code> : part,
      )}
    </Text>
  )
}
