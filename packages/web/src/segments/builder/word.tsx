import { Text } from '@mantine/core'

/** A word of the sentence between two fields. */
export const Word = ({ children }: { children: string }) => (
  <Text span c="dimmed" py={8}>
    {children}
  </Text>
)
