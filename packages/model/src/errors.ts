/**
 * Every error a caller can see: one code, one status, one sentence that says what to do. `docs/errors.md` lists the same
 * codes, and a test holds the two together. `{name}` in a message is filled from the error's details.
 */
export const errorTable = {
  'request/invalid': { status: 400, message: 'The request has a field that cannot be read: {field}: {reason}.' },
  'request/too-large': { status: 413, message: 'The request is larger than {limit}. Send it in smaller parts.' },
  'request/not-found': { status: 404, message: 'There is nothing at {path}.' },
  'request/forbidden-host': { status: 403, message: 'The host {host} is not allowed. Add it with KINDRED_ALLOWED_HOSTS.' },
  'request/csrf': { status: 403, message: 'The request lacks a valid x-kindred-csrf header. Reload the page and try again.' },
  'auth/required': { status: 401, message: 'Sign in with the link printed at start (`npx kindred login` makes another), or send an API key.' },
  'auth/link-spent': { status: 401, message: 'This sign-in link was used already or is older than 15 minutes. Run `npx kindred login` for another.' },
  'auth/forbidden': { status: 403, message: 'This key or user has no access to project {project}.' },
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
  'segment/invalid': { status: 400, message: 'The definition cannot be read at {path}: {reason}.' },
  'segment/not-found': { status: 404, message: 'There is no segment {id}.' },
  'segment/cycle': { status: 400, message: 'The segment would contain itself: {cycle}.' },
  'segment/too-large': { status: 400, message: 'The definition has {size} conditions, more than {limit}. Split it into segments and combine them with `in`.' },
  'segment/in-use': { status: 409, message: 'The segment is used by {users}. Change those first.' },
  'segment/changed': { status: 409, message: 'Someone else saved segment {id} in between. Reload it and make the change again.' },
  'person/not-found': { status: 404, message: 'There is no person {id}.' },
  'import/invalid-mapping': { status: 400, message: 'The mapping cannot be used: {field}: {reason}.' },
  'import/unreadable': { status: 400, message: 'The file cannot be read: {reason}.' },
  'import/upload-not-found': { status: 404, message: 'There is no upload {id}. Uploads that are not imported are removed after a day: send the file again.' },
  'import/not-found': { status: 404, message: 'There is no import {id}.' },
  'import/forbidden-path': { status: 403, message: 'The file {path} is outside the folder that imports may read. Upload it, or set KINDRED_IMPORT_ROOT.' },
  'import/state': { status: 409, message: 'The import is {state}, so it cannot be {action}.' },
  'query/timeout': { status: 504, message: 'The question took longer than {seconds} s. Ask about a shorter time or add a filter.' },
  'query/memory': { status: 507, message: 'The question needs more memory than allowed. Ask about a shorter time or add a filter.' },
  'query/cancelled': { status: 499, message: 'The question was cancelled.' },
  'server/data-in-use': { status: 409, message: 'The data directory {dir} is held by process {pid} at {url}. Stop it first, or choose another with --data.' },
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
