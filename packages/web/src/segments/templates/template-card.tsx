import type { TemplateReply } from '@kindred/model'
import { Badge, Group, Text, UnstyledButton } from '@mantine/core'
import { kindWords } from './kind-words.ts'
import { NeedList } from './need-list.tsx'
import classes from './templates.module.css'

/** One template: what it is good for, its sentence, and what it lacks. */
export function TemplateCard({ template, onOpen }: { template: TemplateReply; onOpen: () => void }) {
  const lacking = template.needs.filter(({ has }) => !has)
  return (
    <UnstyledButton className={classes.card} onClick={onOpen}>
      <Group gap={4}>
        <Badge variant="outline" color="gray" c="var(--mantine-color-text)">
          {kindWords[template.kind].name}
        </Badge>
        {template.definition.unit === 'account' && <Badge variant="light">Accounts</Badge>}
        {template.inferred && (
          <Badge variant="light" color="yellow" c="var(--mantine-color-text)">
            Inferred
          </Badge>
        )}
      </Group>
      <Text fw={600}>{template.name}</Text>
      <Text size="sm">{template.says}</Text>
      <Text size="xs" c="dimmed">
        {template.sentence}
      </Text>
      {lacking.length > 0 && <NeedList needs={lacking} />}
    </UnstyledButton>
  )
}
