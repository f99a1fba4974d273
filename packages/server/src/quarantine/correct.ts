import { type CorrectionPreview, type CorrectionRequest, type CorrectionState, KindredError } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { correctedBody } from './correct-body.ts'
import { readAgain, type SetAsideEvent } from './read-again.ts'
import { pagesOf, replayAll } from './replay.ts'
import { selected } from './select.ts'

const kind = 'correction'
const samplesShown = 5
const sampleLength = 2000
const none: CorrectionState = { state: 'none', total: 0, sent: 0, unreadable: 0, left: null, startedAt: null, endedAt: null, error: null }

/** What a correction would do, counted over all that are selected. Nothing is changed. */
export async function previewCorrection(parts: Parts, projectId: number, { steps, ...selection }: CorrectionRequest): Promise<CorrectionPreview> {
  const preview: CorrectionPreview = { total: 0, changed: 0, readable: 0, samples: [] }
  for await (const rows of pagesOf(parts, { projectId, selection }, Number.MAX_SAFE_INTEGER)) {
    for (const row of rows) {
      const after = correctedBody(row, steps)
      const problem = problemOf(row, after ?? row.body)
      preview.total += 1
      if (after !== null && after !== row.body) preview.changed += 1
      if (problem === null) preview.readable += 1
      if (preview.samples.length < samplesShown)
        preview.samples.push({ id: row.id, before: row.body.slice(0, sampleLength), after: after?.slice(0, sampleLength) ?? null, problem })
    }
  }
  return preview
}

function problemOf(row: SetAsideEvent, body: string): string | null {
  try {
    readAgain(row, body)
    return null
  } catch (error) {
    if (error instanceof KindredError) return String(error.details.reason)
    throw error
  }
}

/** Corrections of the projects of one server, one at a time in each. */
export class Corrections {
  readonly #parts: Parts
  readonly #running = new Map<number, Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Begins to correct and send all that are selected; answers at once. Errors: `quarantine/correcting`. */
  async start(projectId: number, request: CorrectionRequest): Promise<CorrectionState> {
    if (this.#running.has(projectId)) throw new KindredError('quarantine/correcting')
    const { steps, ...selection } = request
    const begun = this.#begin(projectId, selection)
    const work = begun.then(({ id, state }) => this.#run({ id, state, projectId, request: { steps, ...selection } }))
    // Held from here on, so that a second request in between is refused.
    this.#running.set(projectId, work)
    void work.catch(() => undefined).finally(() => this.#running.delete(projectId))
    return (await begun).state
  }

  /** The latest correction of a project. */
  async state(projectId: number): Promise<CorrectionState> {
    const row = await this.#parts.catalog
      .selectFrom('jobs')
      .select('progress')
      .where('kind', '=', kind)
      .where('project_id', '=', projectId)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    if (row === undefined) return none
    const state = JSON.parse(row.progress) as CorrectionState
    if (state.state !== 'running' || this.#running.has(projectId)) return state
    return { ...state, state: 'failed', error: 'The server stopped meanwhile. Correct again: what went in is no longer set aside.' }
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  async #begin(projectId: number, selection: Parameters<typeof selected>[2]): Promise<{ id: number; state: CorrectionState }> {
    const { catalog, clock } = this.#parts
    const { total } = await selected(catalog, projectId, selection)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const state: CorrectionState = { ...none, state: 'running', total, startedAt: clock() }
    const { id } = await catalog
      .insertInto('jobs')
      .values({ kind, project_id: projectId, state: state.state, error: null, progress: JSON.stringify(state), created_at: clock(), ended_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, state }
  }

  async #run({ id, state, projectId, request }: { id: number; state: CorrectionState; projectId: number; request: CorrectionRequest }): Promise<void> {
    const { steps, ...selection } = request
    const { clock } = this.#parts
    try {
      const { sent, unreadable, left } = await replayAll(
        this.#parts,
        { projectId, selection },
        {
          bodyOf: (row) => correctedBody(row, steps) ?? row.body,
          onPage: (soFar) => this.#save(id, Object.assign(state, soFar)),
        },
      )
      Object.assign(state, { state: 'done', sent, unreadable, left, endedAt: clock() })
    } catch (error) {
      Object.assign(state, { state: 'failed', error: error instanceof Error ? error.message : String(error), endedAt: clock() })
    }
    await this.#save(id, state)
  }

  async #save(id: number, state: CorrectionState): Promise<void> {
    const values = { state: state.state, error: state.error, progress: JSON.stringify(state), ended_at: state.endedAt }
    await this.#parts.catalog.updateTable('jobs').set(values).where('id', '=', id).execute()
  }
}
