import { type SessionFact, sessionFacts } from '@kindred/model'
import { NativeSelect } from '@mantine/core'
import { OperatorFields } from '../../../conditions/operator-fields.tsx'
import { operatorGroups, type ValueType } from '../../../conditions/operators.ts'
import { draftMistake, emptyDraft, readDraft, writeDraft } from '../../../conditions/property-draft.ts'
import type { SessionDraft } from '../../tree/row-draft.ts'
import { CountFields } from '../count-fields.tsx'
import { AddFilter, FilterLine } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import type { RowProps } from './row-props.ts'

interface FactWords {
  words: string
  type: ValueType
  /** The property of events whose values are offered. */
  like?: string
}

const facts: Record<SessionFact, FactWords> = {
  number: { words: 'number of the visit (1 is the first)', type: 'number' },
  length: { words: 'length in seconds', type: 'number' },
  pages: { words: 'pages viewed', type: 'number' },
  events: { words: 'things done', type: 'number' },
  bounced: { words: 'left after one page', type: 'yes-no' },
  entry_page: { words: 'first page', type: 'text', like: '$pathname' },
  exit_page: { words: 'last page', type: 'text', like: '$pathname' },
  landing_url: { words: 'address they landed on', type: 'text', like: '$current_url' },
  referrer: { words: 'site they came from', type: 'text', like: '$referrer' },
  channel: { words: 'channel', type: 'text' },
  source: { words: 'source', type: 'text', like: 'utm_source' },
  medium: { words: 'medium', type: 'text', like: 'utm_medium' },
  campaign: { words: 'campaign', type: 'text', like: 'utm_campaign' },
  device: { words: 'device', type: 'text', like: '$device_type' },
  country: { words: 'country', type: 'text', like: '$geoip_country_name' },
}

/** *visited at least 2 times in the last 30 days, where pages viewed is at least 3* */
export function SessionRow({ draft, onChange, wrong }: RowProps<SessionDraft>) {
  const change = (session: SessionDraft['session']) => onChange({ ...draft, session })
  return (
    <>
      <CountFields count={draft.count} label="Visits" onChange={(count) => onChange({ ...draft, count })} wrong={wrong} />
      <WithinFields within={draft.within ?? null} onChange={(within) => onChange({ ...draft, within: within ?? undefined })} wrong={wrong} />
      {draft.session.map((filter, index) => {
        const set = (changed: SessionDraft['session'][number]) => change(draft.session.map((each, place) => (place === index ? changed : each)))
        const { words, type, like } = facts[filter.property]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          <FilterLine key={index} first={index === 0} onRemove={() => change(draft.session.filter((_, place) => place !== index))}>
            <NativeSelect
              aria-label="What about the visit"
              data={sessionFacts.map((fact) => ({ value: fact, label: facts[fact].words }))}
              value={filter.property}
              onChange={(event) => set(filterOf(event.currentTarget.value as SessionFact))}
            />
            <OperatorFields
              label={words}
              draft={readDraft(filter)}
              groups={operatorGroups(type)}
              type={type}
              of="event"
              valuesOf={like ?? ''}
              wrong={wrong && draftMistake(readDraft(filter)) !== null}
              onChange={(changed) => set({ ...writeDraft(changed), property: filter.property })}
            />
          </FilterLine>
        )
      })}
      <AddFilter onClick={() => change([...draft.session, filterOf('pages')])} />
    </>
  )
}

const filterOf = (property: SessionFact): SessionDraft['session'][number] => ({ ...writeDraft(emptyDraft(property, facts[property].type)), property })
