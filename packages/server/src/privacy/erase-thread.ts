import { join } from 'node:path'
import type { Config } from '../config.ts'
import { startWorker } from '../worker.ts'
import type { EraseReply, EraseResults, EraseTask, EraseWorkerData } from './erase-messages.ts'

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  progress: (share: number) => void
}

/** The erasing thread as the main thread asks it: one task after another. */
export interface EraseThread {
  ask<Kind extends EraseTask['kind']>(task: Extract<EraseTask, { kind: Kind }>, progress?: (share: number) => void): Promise<EraseResults[Kind]>
  close(): Promise<void>
}

export function startEraseThread({ dataDir }: Pick<Config, 'dataDir'>): EraseThread {
  const data: EraseWorkerData = { catalogPath: join(dataDir, 'catalog.sqlite'), logPath: join(dataDir, 'log.sqlite') }
  const worker = startWorker(new URL('./erase-worker.ts', import.meta.url), { workerData: data })
  const waiting = new Map<number, Waiting>()
  let failure: Error | undefined
  let lastId = 0
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.on('message', (reply: EraseReply) => {
    const asked = waiting.get(reply.id)
    if ('progress' in reply) return asked?.progress(reply.progress)
    waiting.delete(reply.id)
    if ('error' in reply) asked?.reject(new Error(reply.error))
    else asked?.resolve(reply.result)
  })
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  })
  return {
    ask: <Kind extends EraseTask['kind']>(task: Extract<EraseTask, { kind: Kind }>, progress: (share: number) => void = () => undefined) => {
      if (failure !== undefined) return Promise.reject(failure)
      const id = ++lastId
      return new Promise<EraseResults[Kind]>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject, progress })
        worker.postMessage({ id, task })
      })
    },
    async close() {
      worker.postMessage('close')
      await ended
    },
  }
}
