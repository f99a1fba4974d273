import { createHash, hkdfSync } from 'node:crypto'
import { KindredError } from '@kindred/model'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { seal, unseal } from '../auth/sealing.ts'
import type { Parts } from '../parts.ts'
import type { Api } from './api.ts'
import { takesIdempotencyKey } from './route-list.ts'

const remembered = 24 * 3_600_000
const longestKey = 255
/** Keys of one asker within a day. A reply is seldom above a few KB, so this bounds the table too. */
export const idempotencyLimit = 10_000

/** A request that came with a key, from its claim until its reply is sent. */
interface Claim {
  hash: string
  sealingKey: Buffer
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: Claim | undefined
  }
}

type KeyParts = Pick<Parts, 'catalog' | 'clock'>

/**
 * Makes a POST with an `Idempotency-Key` safe to send again: the first reply that succeeds is kept for a day and answered again. Errors:
 * `idempotency/other-request`, `idempotency/interrupted`, `idempotency/full`, `request/invalid`.
 */
export function answerOnce(app: Api, parts: KeyParts): void {
  const running = new Map<string, Promise<void>>()
  const ended = new Map<string, () => void>()
  const end = (hash: string) => {
    ended.get(hash)?.()
    ended.delete(hash)
    running.delete(hash)
  }

  app.decorateRequest('idempotency', undefined)
  app.addHook('preHandler', async (request, reply) => {
    const claim = claimOf(request)
    if (claim === undefined) return
    const requestHash = hashOf([request.method, request.url, JSON.stringify(request.body ?? null)])
    // One after another: whoever waited looks again whether there is a reply now.
    for (let first = running.get(claim.hash); first !== undefined; first = running.get(claim.hash)) await first
    running.set(claim.hash, new Promise((resolve) => ended.set(claim.hash, resolve)))
    try {
      const known = await findOrInsert(parts, { ...claim, requestHash })
      if (known === undefined) {
        request.idempotency = claim
        return
      }
      end(claim.hash)
      return await replay(reply, known, { ...claim, requestHash })
    } catch (error) {
      end(claim.hash)
      throw error
    }
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotency
    if (claim === undefined) return
    request.idempotency = undefined
    try {
      await keepReply(parts, claim, { status: reply.statusCode, payload })
    } finally {
      end(claim.hash)
    }
  })
}

function claimOf(request: FastifyRequest): (Claim & { asker: string }) | undefined {
  const given = request.headers['idempotency-key']
  const { url = '', config } = request.routeOptions
  if (given === undefined || !takesIdempotencyKey({ method: request.method, url, words: config })) return undefined
  const key = String(given)
  if (key === '' || key.length > longestKey) {
    throw new KindredError('request/invalid', { field: 'idempotency-key', reason: `write 1 to ${longestKey} characters` })
  }
  const { credential } = request.access
  return { asker: hashOf([credential]), hash: hashOf([credential, key]), sealingKey: Buffer.from(hkdfSync('sha256', credential, key, 'idempotent reply', 32)) }
}

/** Parts cannot run into each other: each is written with its length. */
function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('base64url')
}

interface Known {
  request_hash: string
  status: number | null
  reply: Buffer | null
}

/** What is known of the key; undefined: nothing yet, and now it is claimed. Errors: `idempotency/full`. */
async function findOrInsert(
  { catalog, clock }: KeyParts,
  { hash, asker, requestHash }: { hash: string; asker: string; requestHash: string },
): Promise<Known | undefined> {
  const now = clock()
  await catalog
    .deleteFrom('idempotency_keys')
    .where('created_at', '<=', now - remembered)
    .execute()
  const known = await catalog.selectFrom('idempotency_keys').select(['request_hash', 'status', 'reply']).where('hash', '=', hash).executeTakeFirst()
  if (known !== undefined) return known
  const { count } = await catalog
    .selectFrom('idempotency_keys')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('asker', '=', asker)
    .executeTakeFirstOrThrow()
  if (Number(count) >= idempotencyLimit) throw new KindredError('idempotency/full', { limit: idempotencyLimit })
  await catalog.insertInto('idempotency_keys').values({ hash, asker, request_hash: requestHash, status: null, reply: null, created_at: now }).execute()
  return undefined
}

async function replay(reply: FastifyReply, known: Known, { requestHash, sealingKey }: Claim & { requestHash: string }): Promise<FastifyReply> {
  if (known.request_hash !== requestHash) throw new KindredError('idempotency/other-request')
  // Begun and never ended, by a server that stopped meanwhile: one that still answers would have been waited for.
  if (known.status === null || known.reply === null) throw new KindredError('idempotency/interrupted')
  return reply.status(known.status).header('idempotency-replayed', 'true').type('application/json; charset=utf-8').send(unseal(known.reply, sealingKey))
}

/**
 * A reply that succeeded is kept, sealed with what only its asker has, since it may hold a secret such as a new API key; after any other the key is free again,
 * so that a mended request may carry it.
 */
async function keepReply({ catalog }: KeyParts, { hash, sealingKey }: Claim, { status, payload }: { status: number; payload: unknown }): Promise<void> {
  if (status >= 400 || typeof payload !== 'string') {
    await catalog.deleteFrom('idempotency_keys').where('hash', '=', hash).execute()
    return
  }
  await catalog
    .updateTable('idempotency_keys')
    .set({ status, reply: seal(payload, sealingKey) })
    .where('hash', '=', hash)
    .execute()
}
