import type { Segmentation, Stakeholder } from '@kindred/model'
import { Box, Button, Stack, Text, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime, plural } from '../app/format.ts'

interface CommentsProps extends Pick<Segmentation, 'comments'> {
  /** Left out: only to be read. */
  onSend?: (text: string) => Promise<unknown>
}

/** What was said, oldest first, and a field to say more. */
export function Comments({ comments, onSend }: CommentsProps) {
  const [text, setText] = useState('')
  return (
    <section aria-labelledby="comments">
      <Title order={2} mb="xs" id="comments">
        Comments
      </Title>
      <Stack gap="sm">
        {comments.length === 0 && <Text c="dimmed">Nothing was said yet.</Text>}
        {comments.map(({ id, author, at, text: said }) => (
          <div key={id}>
            <Text size="xs" c="dimmed">
              {author}, {formatDateTime(at)}
            </Text>
            <Text style={{ whiteSpace: 'pre-wrap' }}>{said}</Text>
          </div>
        ))}
        {onSend !== undefined && (
          <Stack gap="xs" align="flex-start">
            <Textarea label="Your comment" autosize minRows={2} w="100%" value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Button variant="default" disabled={text.trim() === ''} onClick={() => void onSend(text.trim()).then(() => setText(''))}>
              Comment
            </Button>
          </Stack>
        )}
      </Stack>
    </section>
  )
}

/** Whether somebody signed, and whether it is still what they signed. */
export function SignatureState({ stakeholder, signOffs }: { stakeholder: Stakeholder } & Pick<Segmentation, 'signOffs'>) {
  const signed = signOffs.find((each) => each.stakeholder === stakeholder.id)
  return (
    <Box flex="1 1 240px">
      <Text fw={500}>
        {stakeholder.name}
        {stakeholder.role !== '' && (
          <Text span c="dimmed">
            , {stakeholder.role}
          </Text>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {signed === undefined
          ? 'Has not signed'
          : signed.current
            ? `Signed on ${formatDateTime(signed.at)}`
            : `Signed an earlier version on ${formatDateTime(signed.at)}${rulesSince(signed.changedRules)}`}
      </Text>
    </Box>
  )
}

/** Since then what stands there may read the same, and keep others. */
function rulesSince(names: readonly string[]): string {
  return names.length === 0 ? '' : `; since then the ${plural(names.length, 'rule', 'rules')} of ${names.join(', ')} changed`
}
