import { ApiError } from '../api/client.ts'
import { formatDateTime } from './format.ts'

/** The words to show for anything thrown; instants in them are told by the reader's clock. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error && error.message)) return 'Something went wrong. Try again.'
  return error.message.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (instant) => formatDateTime(Date.parse(instant)))
}

/** What to say where the thing asked for is not there, by its number or because the address holds no number; null where the request failed otherwise. */
export function missingWords(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'request/invalid' && error.details.field === 'id') return 'There is nothing at this address.'
  return error.status === 404 ? messageOf(error) : null
}
