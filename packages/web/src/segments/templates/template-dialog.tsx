import { type SegmentDefinition, segmentDefinitionSchema, type TemplateReply } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../../app/error-message.ts'
import { formatNumber, formatPercent, plural } from '../../app/format.ts'
import { ButtonLink } from '../../app/links.tsx'
import { countedBy, usePreview } from '../builder/use-preview.ts'
import { ReachWords } from '../reach-words.tsx'
import { useReach } from '../use-reach.ts'
import { valueAt, withValueAt } from './adjust.ts'
import { AdjustmentField } from './adjustment-field.tsx'
import { NeedList } from './need-list.tsx'

/** A template before it is used: what may be changed, how many it keeps as it stands, and the way on into the builder. */
export function TemplateDialog({ template, onClose }: { template: TemplateReply; onClose: () => void }) {
  const [definition, setDefinition] = useState<SegmentDefinition>(template.definition)
  const parsed = segmentDefinitionSchema.safeParse(definition)
  const { unit, accountType, where } = definition
  return (
    <Modal opened onClose={onClose} title={template.name} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text c="dimmed">{template.says}</Text>
        {template.adjust.map((adjustment) => (
          <AdjustmentField
            key={adjustment.path}
            definition={definition}
            adjustment={adjustment}
            onChange={(value) => setDefinition((before) => withValueAt(before, adjustment.path, value))}
          />
        ))}
        <Size definition={parsed.success ? parsed.data : null} />
        <NeedList needs={template.needs} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <ButtonLink
            to="/segments/new"
            search={{ where, ...(unit === 'account' && { unit }), ...(accountType !== undefined && { accountType }), name: nameOf(template, definition) }}
            disabled={!parsed.success}
          >
            Use it
          </ButtonLink>
        </Group>
      </Stack>
    </Modal>
  )
}

/** "Is interested in …" is called by what it was filled in with. */
function nameOf({ name, adjust }: TemplateReply, definition: SegmentDefinition): string {
  const values = adjust.map(({ path }) => valueAt(definition, path)).find((value) => typeof value === 'string' || Array.isArray(value))
  return values === undefined ? name : name.replace('…', [values].flat().join(' or '))
}

/** How many it keeps now, and its sentence as changed. */
function Size({ definition }: { definition: SegmentDefinition | null }) {
  const { data, error, isFetching } = usePreview(definition)
  const reach = useReach(data && countedBy(data))
  if (definition === null) return <Text c="dimmed">Fill in what is empty to see how many this keeps.</Text>
  if (error) return <Text c="dimmed">{messageOf(error)}</Text>
  if (data === undefined) return <Text c="dimmed">Counting…</Text>
  const { count, everyone, sentence } = data.preview
  const [one, many] = definition.unit === 'account' ? ['account', 'accounts'] : ['person', 'people']
  return (
    <div aria-live="polite" aria-busy={isFetching}>
      <Text>{sentence}</Text>
      <Text fw={600}>
        {formatNumber(count)} {plural(count, one, many)}, {formatPercent(everyone === 0 ? 0 : count / everyone)} of {formatNumber(everyone)}
      </Text>
      {definition.unit === 'person' && reach !== undefined && <ReachWords reach={reach} />}
    </div>
  )
}
