import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconFilter, IconX } from '../../app/icons.tsx'
import { draftMistake, emptyDraft, readDraft, writeDraft } from '../../conditions/property-draft.ts'
import { PropertyFields } from '../../conditions/property-fields.tsx'
import type { Filter } from '../tree/row-draft.ts'
import classes from './builder.module.css'
import { Word } from './word.tsx'

interface WhereRowsProps {
  where: Filter[] | undefined
  /** The event whose values are offered. */
  event: string | undefined
  onChange: (where: Filter[] | undefined) => void
  wrong: boolean
}

/** *where category is shoes and price is at least 50*: filters on the event's own properties. */
export function WhereRows({ where = [], event, onChange, wrong }: WhereRowsProps) {
  const change = (changed: Filter[]) => onChange(changed.length === 0 ? undefined : changed)
  return (
    <>
      {where.map((filter, index) => {
        const draft = readDraft(filter)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          <FilterLine key={index} first={index === 0} onRemove={() => change(where.filter((_, place) => place !== index))}>
            <PropertyFields
              sides={['event']}
              side="event"
              draft={draft}
              event={event}
              wrong={wrong && draftMistake(draft) !== null}
              onChange={(changed) => change(where.map((each, place) => (place === index ? writeDraft(changed) : each)))}
            />
          </FilterLine>
        )
      })}
      <AddFilter onClick={() => change([...where, writeDraft(emptyDraft())])} />
    </>
  )
}

/** One filter of several, with its joining word and a way to take it out. */
export const FilterLine = ({ first, onRemove, children }: { first: boolean; onRemove: () => void; children: ReactNode }) => (
  <div className={classes.where}>
    <Word>{first ? 'where' : 'and'}</Word>
    {children}
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Remove this filter" onClick={onRemove}>
      <IconX size={16} aria-hidden />
    </ActionIcon>
  </div>
)

export const AddFilter = ({ onClick, label = 'where' }: { onClick: () => void; label?: string }) => (
  <Button variant="subtle" size="compact-sm" my={6} leftSection={<IconFilter size={14} aria-hidden />} onClick={onClick}>
    {label}
  </Button>
)
