import type { Row } from '../../tree/node.ts'
import type { RowDraft, RowKind } from '../../tree/row-draft.ts'
import { BucketRow } from './bucket-row.tsx'
import { ObservedRow, RestartedRow, StartedRow, StoppedRow } from './change-row.tsx'
import { CompareRow } from './compare-row.tsx'
import { ConsentRow } from './consent-row.tsx'
import { DidRow } from './did-row.tsx'
import { FirstLastRow } from './first-last-row.tsx'
import { InRow } from './in-row.tsx'
import { MessageRow } from './message-row.tsx'
import { AccountRow, PeopleRow } from './people-account-row.tsx'
import { PlaceRow } from './place-row.tsx'
import { PropertyRow } from './property-row.tsx'
import { RegularlyRow } from './regularly-row.tsx'
import { SequenceRow } from './sequence-row.tsx'
import { SessionRow } from './session-row.tsx'
import { SurveyRow } from './survey-row.tsx'
import { TimeRow } from './time-row.tsx'
import { TraitRow } from './trait-row.tsx'
import { WrittenRow } from './written-row.tsx'

/** How a row of each kind begins, and its opposite. */
export const leads: Record<RowKind, readonly [string, string]> = {
  property: ['whose', 'not whose'],
  did: ['who did', 'who did not'],
  first: ['who first did', 'who did not first'],
  last: ['who last did', 'who did not last'],
  regularly: ['who regularly did', 'who did not regularly'],
  started: ['who started', 'who did not start'],
  stopped: ['who stopped', 'who did not stop'],
  restarted: ['who came back to', 'who did not come back to'],
  observed: ['first seen', 'not first seen'],
  sequence: ['who, one after another,', 'who did not, one after another,'],
  compare: ['of whom', 'of whom it is not so that'],
  session: ['who visited', 'who did not visit'],
  place: ['who are', 'who are not'],
  time: ['while today is', 'while today is not'],
  people: ['with', 'not with'],
  account: ['with', 'not with'],
  in: ['in', 'not in'],
  trait: ['whose', 'not whose'],
  message: ['who', 'not who'],
  consent: ['who', 'not who'],
  survey: ['whose last answer to', 'not whose last answer to'],
  bucket: ['in', 'not in'],
  written: ['for whom', 'not for whom'],
}

/** The fields of a row, by its kind. */
export function RowFields({ row, onChange, wrong }: { row: Row; onChange: (draft: RowDraft) => void; wrong: boolean }) {
  const { draft } = row
  const rest = { onChange, wrong }
  switch (draft.kind) {
    case 'property':
      return <PropertyRow draft={draft} negated={row.negated} {...rest} />
    case 'did':
      return <DidRow draft={draft} {...rest} />
    case 'first':
    case 'last':
      return <FirstLastRow draft={draft} {...rest} />
    case 'regularly':
      return <RegularlyRow draft={draft} {...rest} />
    case 'started':
      return <StartedRow draft={draft} {...rest} />
    case 'stopped':
      return <StoppedRow draft={draft} {...rest} />
    case 'restarted':
      return <RestartedRow draft={draft} {...rest} />
    case 'observed':
      return <ObservedRow draft={draft} {...rest} />
    case 'sequence':
      return <SequenceRow draft={draft} {...rest} />
    case 'compare':
      return <CompareRow draft={draft} {...rest} />
    case 'session':
      return <SessionRow draft={draft} {...rest} />
    case 'place':
      return <PlaceRow draft={draft} {...rest} />
    case 'time':
      return <TimeRow draft={draft} {...rest} />
    case 'people':
      return <PeopleRow draft={draft} {...rest} />
    case 'account':
      return <AccountRow draft={draft} {...rest} />
    case 'in':
      return <InRow draft={draft} {...rest} />
    case 'trait':
      return <TraitRow draft={draft} {...rest} />
    case 'message':
      return <MessageRow draft={draft} {...rest} />
    case 'consent':
      return <ConsentRow draft={draft} {...rest} />
    case 'survey':
      return <SurveyRow draft={draft} {...rest} />
    case 'bucket':
      return <BucketRow draft={draft} {...rest} />
    case 'written':
      return <WrittenRow draft={draft} {...rest} />
  }
}
