import type { Me } from '@kindred/model'
import type { InstanceClient } from './instance-client.ts'

export type Ask = <Reply>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: { json: unknown } | { stream: ReadableStream; bytes: number },
) => Promise<Reply>

/** Asks the API below `base`. What it refuses is thrown with its sentence. */
export function asking({ url, authorization }: InstanceClient, base: string): Ask {
  return async <Reply>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Parameters<Ask>[2]) => {
    const content =
      body === undefined
        ? {}
        : 'json' in body
          ? { body: JSON.stringify(body.json), type: 'application/json' }
          : { body: body.stream, type: 'application/octet-stream', duplex: 'half' as const }
    const { type, ...init } = { type: undefined, ...content }
    const answer = await fetch(`${url}${base}${path}`, { method, ...init, headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) } })
    const reply = (await answer.json()) as Reply & { error?: { message: string } }
    if (!answer.ok) throw new Error(reply.error?.message ?? `${url} answered ${answer.status}`)
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
