import type { DropReason, QuarantineReason } from '@kindred/model'

/** What each reason means and what to do about it, for someone who did not write the code that sends the events. */
const dropped: Record<DropReason, string> = {
  duplicate: 'Events that came again with a uuid seen before, as senders do when they retry. Counted once; nothing to do.',
  'erased-person': 'Events of people who were deleted, from before their deletion. They are not kept.',
  'opted-out': 'Events of people who opted out of processing. They are not kept; Data, Privacy lists who opted out.',
  'past-retention': 'Events older than this project keeps them.',
  'replay-snapshot': 'Session recordings. Kindred does not keep them; turn recording off in the SDK to save traffic.',
}

const quarantined: Record<QuarantineReason, string> = {
  'missing-event-name': 'Events without a name. Send `event`.',
  'missing-distinct-id': 'Events that say nothing of who did it. Send `distinct_id` (Segment: `userId` or `anonymousId`).',
  'missing-group-id': 'Group messages that name no group. Send `groupId`.',
  'unknown-message-type': 'Segment messages of an unknown type. Send `type`: track, identify, page, screen, group or alias.',
  'not-an-object': 'Entries of a batch that are not events. Send objects.',
  'invalid-uuid': 'Events whose uuid is not one. Leave it out, or send a uuid.',
  'timestamp-out-of-range': 'Events before 1970 or after 2105. Check the clock and the unit of the time sent.',
  'too-deep': 'Events with properties nested more than 64 deep. Send them flatter.',
  'too-large': 'Events of more than 1 MB. Send less with each event.',
  'too-many-property-names':
    'Events with property names beyond the limit of this project. Names made of ids or dates are the usual cause: send those as values.',
  'store-refused': 'Events that the store could not take. Each is kept whole; please report one.',
}

const hints: Record<string, string> = {
  'nested-set':
    'Some calls of posthog.identify put `$set` inside `$set`. Kindred unwrapped it; send the properties themselves: posthog.identify(id, { name: … }).',
  'consent-unreadable':
    'Some `$consent` events could not be read, so no consent was noted: send `channel`, `purpose` and `state` (granted or withdrawn), as docs/privacy.md tells.',
  'account-without-key': 'Some `$groupidentify` events name no account. Send `$group_type` and `$group_key`.',
  'too-many-account-types':
    'Some events name an account of a type beyond the 20 a project may have, which is left out. Ids sent as types are the usual cause: send them as keys.',
  'too-many-account-properties': 'Some accounts have 1000 properties and take no more names. Names made of ids or dates are the usual cause.',
  'clock-ahead': 'Some events came from more than 24 hours in the future. They count at the time they arrived; their own time is in $original_timestamp.',
}

/** A sentence for a counted reason. */
export function problemWords(kind: 'dropped' | 'quarantined' | 'hint', reason: string): string {
  const words: Record<string, string> = { dropped, quarantined, hint: hints }[kind]
  return words[reason] ?? reason
}
