/**
 * Every error a caller can see: one code, one status, one sentence that says what to do. `docs/errors.md` lists the same
 * codes, and a test holds the two together. `{name}` in a message is filled from the error's details.
 */
export const errorTable = {
  'request/invalid': { status: 400, message: 'The request has a field that cannot be read: {field}: {reason}.' },
  'request/too-large': { status: 413, message: 'The request is larger than {limit}. Send it in smaller parts.' },
  'request/media-type': { status: 415, message: 'The body is of a kind that is not read here. Send it as {expected}.' },
  'request/method': { status: 405, message: '{path} does not take {method}. It takes {allowed}.' },
  'request/cursor': { status: 400, message: 'The cursor cannot be read here. Send `next` of the page before, with the same list and order, and no offset.' },
  'request/not-found': { status: 404, message: 'There is nothing at {path}.' },
  'request/forbidden-host': { status: 403, message: 'The host {host} is not allowed. Add it with KINDRED_ALLOWED_HOSTS.' },
  'request/csrf': { status: 403, message: 'The request lacks a valid x-kindred-csrf header. Reload the page and try again.' },
  'auth/required': { status: 401, message: 'Sign in with the link printed at start (`npx kindred login` makes another), or send an API key.' },
  'auth/link-spent': { status: 401, message: 'This sign-in link was used already or is older than 15 minutes. Run `npx kindred login` for another.' },
  'auth/forbidden': { status: 403, message: 'This key or user has no access to project {project}.' },
  'auth/user-only': { status: 403, message: 'Only a signed-in person may do this: an API key cannot.' },
  'auth/scope': { status: 403, message: 'This API key lacks the scope {scope}. Make a key that has it in Settings.' },
  'auth/key-expired': { status: 401, message: 'This API key has expired. Make another in Settings.' },
  'idempotency/other-request': { status: 422, message: 'This Idempotency-Key came with another request before. Send a new key with each new request.' },
  'idempotency/interrupted': {
    status: 409,
    message: 'The server stopped while it answered the first request with this Idempotency-Key. Look whether it was carried out, then send a new key.',
  },
  'idempotency/full': { status: 429, message: 'More than {limit} requests with an Idempotency-Key came within a day. Send this one without, or later.' },
  'capture/no-token': { status: 401, message: 'The request has no project token. Send it as api_key or token.' },
  'capture/unknown-token': { status: 401, message: 'No project has this token. Copy it from Data, Sources.' },
  'capture/several-tokens': { status: 401, message: 'The events of one request carry different project tokens. Send one project per request.' },
  'capture/unreadable': { status: 400, message: 'The body cannot be read: {reason}.' },
  'capture/empty': { status: 400, message: 'The request holds no events.' },
  'capture/busy': { status: 503, message: 'The log cannot take more events right now. Send the same request again.' },
  'project/not-found': { status: 404, message: 'There is no project {project}.' },
  'insight/invalid': { status: 400, message: 'The question cannot be answered: {field}: {reason}.' },
  'insight/not-found': { status: 404, message: 'There is no insight {id}.' },
  'insight/formula': { status: 400, message: 'The formula {formula} cannot be read at character {at}: {reason}.' },
  'insight/no-people': { status: 400, message: 'This number has no list of people: {reason}.' },
  'insight/not-a-rule': { status: 400, message: 'These people cannot be kept up to date as a rule: {reason}. Freeze the list instead.' },
  'segmentation/not-found': { status: 404, message: 'There is no segmentation {id}.' },
  'segmentation/changed': { status: 409, message: 'Someone else saved segmentation {id} in between. Reload it and make the change again.' },
  'segmentation/not-stakeholder': { status: 400, message: 'This link or request names nobody who may sign: add them as a stakeholder first.' },
  'segmentation/link-unknown': { status: 404, message: 'This link opens nothing any more. Ask whoever sent it for a new one.' },
  'segmentation/comment-limit': {
    status: 429,
    message: 'There were {limit} comments on this report in the last hour. Write the next one later, or in one piece.',
  },
  'segment/invalid': { status: 400, message: 'The definition cannot be read at {path}: {reason}.' },
  'segment/unsupported': { status: 400, message: 'The condition {what} at {path} cannot be answered yet: the data it reads does not exist here.' },
  'segment/postal-codes': {
    status: 400,
    message:
      'The condition at {path} needs the postal codes of {country}, which are not installed. Install them in Settings, or with `npx kindred postal-codes install FILE`.',
  },
  'segment/not-found': { status: 404, message: 'There is no segment {id}.' },
  'segment/unit': { status: 400, message: '“{name}” is a segment of accounts; here only a segment of people can stand.' },
  'segment/cycle': { status: 400, message: 'The segment would contain itself: {cycle}.' },
  'segment/too-large': {
    status: 400,
    message:
      'At {path} the definition has more than {limit} conditions, those of segments it names included. Take some away, or freeze a part of it as a list and name that with `in`.',
  },
  'segment/too-deep': {
    status: 400,
    message:
      'The condition at {path} leads from people to accounts or back more than {limit} times within each other. Freeze the inner part as a list and name that with `in`.',
  },
  'segment/in-use': { status: 409, message: 'The segment is used by {users}. Change those first.' },
  'segment/archived': { status: 409, message: 'Segment {id} is archived. Take it out of the archive first.' },
  'segment/not-a-list': { status: 409, message: 'Segment {id} is a rule: who is in it cannot be listed. Put people in or leave them out by hand instead.' },
  'segment/no-history': { status: 400, message: 'What was then cannot be told: {reason}.' },
  'segment/tests-failed': { status: 409, message: 'The change was not saved: {tests}. Change the rule or the tests, or let the tests only warn.' },
  'segment/webhook': { status: 400, message: 'Members cannot be sent to this address: {reason}.' },
  'segment/delivery-not-found': { status: 404, message: 'There is no delivery {id} of this segment.' },
  'segment/delivery-over': { status: 409, message: 'Delivery {id} cannot be tried again: {reason}.' },
  'segment/upload-not-found': { status: 404, message: 'There is no uploaded list {id} of this segment.' },
  'segment/list-unreadable': { status: 400, message: 'The list cannot be read: {reason}.' },
  'user/not-found': { status: 404, message: 'There is no user {id}.' },
  'segment/changed': { status: 409, message: 'Someone else saved segment {id} in between. Reload it and make the change again.' },
  'segment-files/invalid': { status: 400, message: 'Nothing was applied. Put this right first: {told}.' },
  'segment-files/drift': { status: 409, message: 'Nothing was applied: {told}. Pull first, or apply with force to overwrite what was changed in Kindred.' },
  'segment-files/changed': { status: 409, message: 'Nothing was applied: someone saved or deleted a segment meanwhile. Apply again.' },
  'cohort/invalid': { status: 400, message: 'The PostHog cohort cannot be read at {path}: {reason}.' },
  'cohort/unsupported': { status: 400, message: 'The PostHog cohort cannot be converted without changing whom it means, at {path}: {reason}.' },
  'trait/invalid': { status: 400, message: 'The trait cannot be read at {path}: {reason}.' },
  'trait/not-found': { status: 404, message: 'There is no trait {name}.' },
  'trait/exists': { status: 409, message: 'There is a trait called {name} already. Choose another name, or change that one.' },
  'trait/built-in': { status: 409, message: 'The trait {name} is built in and cannot be changed. Make one of your own from it.' },
  'trait/in-use': { status: 409, message: 'The trait is used by {users}. Change those first.' },
  'trait/cycle': { status: 400, message: 'The trait would be computed from itself: {cycle}.' },
  'trait/changed': { status: 409, message: 'Someone else saved trait {name} in between. Reload it and make the change again.' },
  'person/not-found': { status: 404, message: 'There is no person {id}.' },
  'account/not-found': { status: 404, message: 'There is no account {id}.' },
  'deletion/nobody': { status: 404, message: 'None of the people named is there: nothing to delete. Check the ids.' },
  'deletion/not-found': { status: 404, message: 'There is no deletion {id}.' },
  'deletion/state': { status: 409, message: 'The deletion is {state}, so it cannot be tried again.' },
  'opt-out/not-found': { status: 404, message: 'There is no opt-out {id} that holds.' },
  'catalogue/not-found': { status: 404, message: 'No {kind} is called {name}. Names are listed once they have come in.' },
  'property/sensitive': {
    status: 403,
    message: 'The property {property} is sensitive. Ask with reveal to see its values, or change that in Data, Events and properties.',
  },
  'guide/not-found': { status: 404, message: 'There is no guide {guide}. The guides are: {guides}.' },
  'import/invalid-mapping': { status: 400, message: 'The mapping cannot be used: {field}: {reason}.' },
  'import/unreadable': { status: 400, message: 'The file cannot be read: {reason}.' },
  'import/upload-not-found': { status: 404, message: 'There is no upload {id}. Uploads that are not imported are removed after a day: send the file again.' },
  'import/not-found': { status: 404, message: 'There is no import {id}.' },
  'import/forbidden-path': { status: 403, message: 'The file {path} is outside the folder that imports may read. Upload it, or set KINDRED_IMPORT_ROOT.' },
  'import/mapping-not-found': { status: 404, message: 'There is no saved mapping {id}.' },
  'import/state': { status: 409, message: 'The import is {state}, so it cannot be {action}.' },
  'quarantine/not-found': { status: 404, message: 'Event {id} is not set aside. It may have been sent again, discarded or replaced by newer ones meanwhile.' },
  'quarantine/unreadable': { status: 400, message: 'The event cannot be read yet: {reason}. Correct it and send it again.' },
  'quarantine/underway': { status: 409, message: 'Event {id} is being sent again already. Look at it in a minute.' },
  'quarantine/duplicate': { status: 409, message: 'An event with the uuid {uuid} came before. Discard this one, or give it another uuid.' },
  'quarantine/correcting': { status: 409, message: 'Events are being corrected already. Wait for that to end.' },
  'postal-codes/unreadable': { status: 400, message: 'No postal codes were installed: {reason}.' },
  'postal-codes/busy': { status: 409, message: 'Postal codes are being installed already. Wait for that to end.' },
  'postal-codes/not-found': { status: 404, message: 'There are no postal codes of {country} to be found here: {reason}.' },
  'backup/path': { status: 400, message: 'The backup cannot be written to {path}: {reason}.' },
  'backup/running': { status: 409, message: 'A backup is being made already. Wait for it to end.' },
  'backup/failed': { status: 500, message: 'The backup could not be made: {reason}.' },
  'restore/not-empty': { status: 409, message: 'The directory {dir} is not empty. Give --data a new one.' },
  'restore/unreadable': { status: 400, message: 'The backup at {path} cannot be used: {reason}.' },
  'restore/newer': { status: 400, message: 'The backup was made by Kindred {version}, which is newer than this one. Restore it with that version.' },
  'query/timeout': { status: 504, message: 'The question took longer than {seconds} s. Ask about a shorter time or add a filter.' },
  'query/memory': { status: 507, message: 'The question needs more memory than allowed. Ask about a shorter time or add a filter.' },
  'query/too-complex': {
    status: 400,
    message:
      'The question has too many conditions, or they nest too deep, to be answered in one piece. Take some away, or freeze a part of it as a list and name that with `in`.',
  },
  'query/outdated': { status: 409, message: 'Old events were deleted while the question was put. Ask it again.' },
  'query/cancelled': { status: 499, message: 'The question was cancelled.' },
  'server/data-in-use': { status: 409, message: 'The data directory {dir} is held by process {pid} at {url}. Stop it first, or choose another with --data.' },
  'server/key-file': { status: 500, message: 'The key file {file} cannot be used: {reason}. Put it right, or name another with KINDRED_KEY_FILE.' },
  'server/open-files': {
    status: 503,
    message: 'Kindred has as many files open as the system lets it. Send the same request again; if this stays, let it open more (`ulimit -n`).',
  },
  'server/unexpected': { status: 500, message: 'Something went wrong that should not. The log names it as {id}.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorTable
export type ErrorDetails = Record<string, string | number>

/** An error meant for the caller. `details` fill the message's placeholders and travel in the reply. */
export class KindredError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fill(errorTable[code].message, details), options)
    this.name = 'KindredError'
    this.code = code
    this.status = errorTable[code].status
    this.details = details
  }

  /** The body of an error reply. */
  toJSON(): { error: { code: ErrorCode; message: string; details: ErrorDetails } } {
    return { error: { code: this.code, message: this.message, details: this.details } }
  }
}

function fill(message: string, details: ErrorDetails): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}
