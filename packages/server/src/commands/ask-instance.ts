import type { Me } from '@kindred/model'
import type { InstanceClient } from './instance-client.ts'
import { type RequestBody, sendRequest } from './send-request.ts'

export type Ask = <Reply>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: RequestBody) => Promise<Reply>

/** Asks the API below `base`. What it refuses is thrown with its sentence. */
export function asking({ url, authorization }: InstanceClient, base: string): Ask {
  return async <Reply>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: RequestBody) => {
    const { status, text } = await sendRequest(`${url}${base}${path}`, { method, authorization, body })
    const reply = JSON.parse(text) as Reply & { error?: { message: string } }
    if (status >= 400) throw new Error(reply.error?.message ?? `${url} answered ${status}`)
    return reply
  }
}

/** The number of the project meant: the one given, or the only one there is. */
export async function projectMeant(client: InstanceClient, given: number | undefined): Promise<number> {
  if (given !== undefined) return given
  const { projects } = await asking(client, '')<Me>('GET', '/api/v1/me')
  const [first, ...others] = projects
  if (first !== undefined && others.length === 0) return first.id
  throw new Error(`Say which project with --project ID: ${projects.map(({ id, name }) => `${id} (${name})`).join(', ')}`)
}
