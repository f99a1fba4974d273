import { type SessionFact, sessionFacts } from '@kindred/model'
import { emptyDraft, readDraft, writeDraft } from '../../../conditions/property-draft.ts'
import { SessionFactFields } from '../../../conditions/session-fact-fields.tsx'
import { sessionFactWords } from '../../../data/session-facts.ts'
import type { SessionDraft } from '../../tree/row-draft.ts'
import { CountFields } from '../count-fields.tsx'
import { AddFilter, FilterLine } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import type { RowProps } from './row-props.ts'

/** *visited at least 2 times in the last 30 days, where pages viewed is at least 3* */
export function SessionRow({ draft, onChange, wrong }: RowProps<SessionDraft>) {
  const change = (session: SessionDraft['session']) => onChange({ ...draft, session })
  return (
    <>
      <CountFields count={draft.count} label="Visits" onChange={(count) => onChange({ ...draft, count })} wrong={wrong} />
      <WithinFields within={draft.within ?? null} onChange={(within) => onChange({ ...draft, within: within ?? undefined })} wrong={wrong} />
      {draft.session.map((filter, index) => {
        const set = (changed: SessionDraft['session'][number]) => change(draft.session.map((each, place) => (place === index ? changed : each)))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          <FilterLine key={index} first={index === 0} onRemove={() => change(draft.session.filter((_, place) => place !== index))}>
            <SessionFactFields
              facts={sessionFacts}
              draft={readDraft(filter)}
              wrong={wrong}
              onChange={(changed) => set({ ...writeDraft(changed), property: changed.property as SessionFact })}
            />
          </FilterLine>
        )
      })}
      <AddFilter onClick={() => change([...draft.session, filterOf('pages')])} />
    </>
  )
}

const filterOf = (property: SessionFact): SessionDraft['session'][number] => ({
  ...writeDraft(emptyDraft(property, sessionFactWords[property].type)),
  property,
})
