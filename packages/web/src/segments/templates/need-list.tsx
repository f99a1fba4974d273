import type { TemplateReply } from '@kindred/model'
import { Group, Text } from '@mantine/core'
import { formatPercent } from '../../app/format.ts'
import { IconCheck, IconX } from '../../app/icons.tsx'
import classes from './templates.module.css'

/** The data a template reads, and whether this project has it. */
export function NeedList({ needs }: Pick<TemplateReply, 'needs'>) {
  return (
    <ul className={classes.needs} aria-label="The data it needs">
      {needs.map(({ says, has, share }) => (
        <Group component="li" key={says} gap={4} wrap="nowrap">
          {has ? <IconCheck size={14} aria-label="Here" className={classes.has} /> : <IconX size={14} aria-label="Missing" className={classes.lacks} />}
          <Text size="xs" c="dimmed">
            {says}
            {has && share !== null && `, known of ${formatPercent(share)}`}
            {!has && ', not here yet'}
          </Text>
        </Group>
      ))}
    </ul>
  )
}
