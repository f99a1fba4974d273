import { ActionIcon, Button, Text } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { draftMistake, emptyDraft, type PropertyDraft } from '../../conditions/property-draft.ts'
import { PropertyFields } from '../../conditions/property-fields.tsx'
import classes from './builder.module.css'

interface WhereRowsProps {
  where: PropertyDraft[]
  event: string | undefined
  onChange: (where: PropertyDraft[]) => void
  wrong: boolean
}

/** *where category is shoes and price is at least 50*: filters on the event's own properties. */
export function WhereRows({ where, event, onChange, wrong }: WhereRowsProps) {
  return (
    <>
      {where.map((draft, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
        <div key={index} className={classes.where}>
          <Text span c="dimmed" py={8}>
            {index === 0 ? 'where' : 'and'}
          </Text>
          <PropertyFields
            sides={['event']}
            side="event"
            draft={draft}
            event={event}
            wrong={wrong && draftMistake(draft) !== null}
            onChange={(changed) => onChange(where.map((each, place) => (place === index ? changed : each)))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Remove this filter"
            onClick={() => onChange(where.filter((_, place) => place !== index))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" size="compact-sm" my={6} leftSection={<IconFilter size={14} aria-hidden />} onClick={() => onChange([...where, emptyDraft()])}>
        where
      </Button>
    </>
  )
}
