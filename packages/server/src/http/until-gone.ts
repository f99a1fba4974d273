import type { FastifyReply } from 'fastify'
import type { Parts } from '../parts.ts'
import type { QueryLimits, Store } from '../store/clickhouse/store.ts'
import { questionHeader, questionId, questionLabel } from './question-label.ts'

/**
 * The parts as a question that only reads is given them: what it asks the store ends there as soon as nobody waits for the reply, since a page that asks
 * anew, or goes away, needs the old answer no more. Not for work that others share or that goes on after the reply: what is kept beside the parts
 * (jobs, turns) is found by the parts themselves. A question that was given an id tells by it how far it is.
 */
export function untilGone(parts: Parts, reply: FastifyReply): Parts {
  const gone = new AbortController()
  // Whoever left before the handler was called closes nothing more.
  if (reply.raw.destroyed) gone.abort()
  else reply.raw.once('close', () => gone.abort())
  return { ...parts, store: limitedBy(parts.store, { signal: gone.signal, ...labelled(reply) }) }
}

function labelled({ request }: FastifyReply): Pick<QueryLimits, 'label'> {
  const id = questionId.safeParse(request.headers[questionHeader])
  return id.success ? { label: questionLabel(request.project, id.data) } : {}
}

function limitedBy(store: Store, more: QueryLimits): Store {
  const limited: Pick<Store, 'query' | 'stream'> = {
    query: (statement, limits) => store.query(statement, { ...limits, ...more }),
    stream: (statement, limits) => store.stream(statement, { ...limits, ...more }),
  }
  return new Proxy(store, {
    get(target, name) {
      if (name === 'query' || name === 'stream') return limited[name]
      const own: unknown = Reflect.get(target, name)
      // Its own fields are private: another `this` may not read them.
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
}
