import type { DropReason, QuarantineReason } from '@kindred/model'

const titles: Record<DropReason | QuarantineReason, string> = {
  duplicate: 'Sent twice',
  'erased-person': 'Of deleted people',
  'opted-out': 'Of people who opted out',
  'past-retention': 'Too old to keep',
  'replay-snapshot': 'Session recordings',
  'missing-event-name': 'Events without a name',
  'missing-distinct-id': 'Events of nobody',
  'missing-group-id': 'Groups without an id',
  'unknown-message-type': 'Messages of an unknown type',
  'not-an-object': 'Not events at all',
  'invalid-uuid': 'Unreadable event ids',
  'timestamp-out-of-range': 'Impossible times',
  'too-deep': 'Nested too deep',
  'too-large': 'Too large',
  'too-many-property-names': 'Too many property names',
  'store-refused': 'Refused by the store',
}

const hints: Readonly<Record<string, string>> = {
  'nested-set': 'Properties sent inside $set twice',
  'consent-unreadable': 'Unreadable consents',
  'account-without-key': 'Accounts without a key',
  'too-many-account-types': 'Too many types of account',
  'too-many-account-properties': 'Too many properties of accounts',
  'clock-ahead': 'Clocks that are ahead',
}

const known: Readonly<Record<string, string>> = { ...titles, ...hints }

/** A reason as a reader says it; one of a newer server is told by its code. */
export const problemTitle = (reason: string): string => known[reason] ?? reason.replaceAll('-', ' ')
