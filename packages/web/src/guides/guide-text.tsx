import { List, Stack, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import { type Block, type Run, readGuideText } from './read-guide-text.ts'

/** The text of a guide, each heading with an address of its own on the page. */
export function GuideText({ text }: { text: string }) {
  return (
    <Stack gap="sm" maw={760}>
      {readGuideText(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text is shown as a whole and its parts never move
        <BlockView key={index} block={block} />
      ))}
    </Stack>
  )
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    return (
      <Title order={2} mt="md" id={block.text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}>
        {block.text}
      </Title>
    )
  }
  if (block.kind === 'paragraph') return <Text>{inline(block.runs)}</Text>
  return (
    <List spacing={4}>
      {block.items.map((runs, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <List.Item key={index}>{inline(runs)}</List.Item>
      ))}
    </List>
  )
}

function inline(runs: readonly Run[]) {
  return runs.map(({ text, bold }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    bold ? <strong key={index}>{text}</strong> : <Fragment key={index}>{text}</Fragment>,
  )
}
