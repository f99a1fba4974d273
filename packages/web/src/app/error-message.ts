import { ApiError } from '../api/client.ts'

/** The words to show for anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'Something went wrong. Try again.'
}

/** What to say where the thing asked for is not there, by its number or because the address holds no number; null where the request failed otherwise. */
export function missingWords(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'request/invalid' && error.details.field === 'id') return 'There is nothing at this address.'
  return error.status === 404 ? messageOf(error) : null
}
