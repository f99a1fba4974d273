import type { FastifyReply } from 'fastify'
import type { Parts } from '../parts.ts'
import type { Store } from '../store/clickhouse/store.ts'

/**
 * The parts as a question that only reads is given them: what it asks the store ends there as soon as nobody waits for the reply, since a page that asks
 * anew, or goes away, needs the old answer no more. Not for work that others share or that goes on after the reply: what is kept beside the parts
 * (jobs, turns) is found by the parts themselves.
 */
export function untilGone(parts: Parts, reply: FastifyReply): Parts {
  const gone = new AbortController()
  // Whoever left before the handler was called closes nothing more.
  if (reply.raw.destroyed) gone.abort()
  else reply.raw.once('close', () => gone.abort())
  return { ...parts, store: endedBy(parts.store, gone.signal) }
}

function endedBy(store: Store, signal: AbortSignal): Store {
  const ended: Pick<Store, 'query' | 'stream'> = {
    query: (statement, limits) => store.query(statement, { ...limits, signal }),
    stream: (statement, limits) => store.stream(statement, { ...limits, signal }),
  }
  return new Proxy(store, {
    get(target, name) {
      if (name === 'query' || name === 'stream') return ended[name]
      const own: unknown = Reflect.get(target, name)
      // Its own fields are private: another `this` may not read them.
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
}
