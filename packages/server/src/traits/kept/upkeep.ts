import { bind, type EventMeasurePlan, keepable, keepOnSql, keepTogetherSql, readingCostSql, render, type Sql, sql } from '@kindred/engine'
import type { Project } from '@kindred/model'
import { nowAndThen } from '../../now-and-then.ts'
import type { Parts } from '../../parts.ts'
import { findProject, listProjects } from '../../projects/projects.ts'
import { questionContext } from '../../projects/question-context.ts'
import { rewriting } from '../../store/rewriting.ts'
import { version } from '../../version.ts'
import { allTraits } from '../list-traits.ts'
import { beginKeeping, dropRetired, isLive, type KeepingRow, liveKeepings, noteKeeping, retireKeepings } from './keepings.ts'
import { plannedTrait } from './kept-through.ts'

type UpkeepParts = Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>

/** When keeping a measure pays. Events of one name lie together in the store, so that reading a few is as quick as reading what would be kept of them. */
export interface KeepingRules {
  /** Fewer events than these are read as quickly as they are kept. */
  leastEvents: number
  /** And of each person there are so many, or states would be nearly as many as events. */
  eventsOfEach: number
  /** The same where nothing but names and times is read, which costs little. */
  bareEventsOfEach: number
  /** Log positions that are left to be read as events. */
  lag: number
  /** Log positions taken at once, so that a step ends soon and needs little memory. */
  slice: number
}
const usualRules: KeepingRules = { leastEvents: 1_000_000, eventsOfEach: 4, bareEventsOfEach: 16, lag: 100_000, slice: 2_000_000 }

const lookEvery = 10 * 60_000
/** So long after a keeping was retired no question that was compiled before is still to be asked. */
const grace = 3_600_000

/** Keeps what traits measure up with the events, in the background. Answers how to end it. */
export function keepNowAndThen(parts: UpkeepParts): () => Promise<void> {
  const upkeep = new Upkeep(parts)
  return nowAndThen({ every: lookEvery, trouble: 'what is kept of traits could not be brought up to date', run: (stop) => upkeep.run(stop) })
}

/** Where a project was when it was last looked at, so that nothing is asked again while nothing is new. */
type Looked = Map<number, string>

/** Events that reading a measure goes through, about how many people they are of, and the log position of the first. */
interface Cost {
  events: number
  people: number
  first: number
}

export class Upkeep {
  readonly #parts: UpkeepParts
  readonly #rules: KeepingRules
  readonly #looked: Looked = new Map()
  readonly #costs = new Map<string, Promise<Cost>>()
  #stop: AbortSignal | undefined

  constructor(parts: UpkeepParts, rules: Partial<KeepingRules> = {}) {
    this.#parts = parts
    this.#rules = { ...usualRules, ...rules }
  }

  /** Brings everything up to date: what nobody asks for any more goes, what pays is kept, and what is kept goes as far as the events. */
  async run(stop?: AbortSignal): Promise<void> {
    this.#stop = stop
    this.#costs.clear()
    for (const { id } of await listProjects(this.#parts)) await this.#project(await findProject(this.#parts, id))
    const { store, clock } = this.#parts
    await rewriting(store, () => dropRetired(this.#parts, clock() - grace))
  }

  async #project(project: Project): Promise<void> {
    const context = await questionContext(this.#parts, project)
    const traits = [...allTraits(context).values()].filter(({ definition }) => definition.unit === 'person')
    const wanted = keepable(traits.flatMap((info) => plannedTrait(info, context) ?? []))
    const rows = await liveKeepings(this.#parts, project.id)
    const state = JSON.stringify([this.#parts.ingest.watermark(), ...rows.map(({ id }) => id), ...wanted.keys()])
    if (this.#looked.get(project.id) === state) return
    const live = await this.#retire(rows, wanted)
    for (const [key, measure] of wanted) {
      this.#stop?.throwIfAborted()
      const keeping = live.get(key) ?? (await this.#begin(project, { key, measure }))
      if (keeping !== undefined) await this.#keepOn(measure, keeping)
    }
    this.#looked.set(project.id, state)
  }

  /** Retires those that no trait asks for, or that another has taken the place of; answers the others. */
  async #retire(rows: readonly KeepingRow[], wanted: ReadonlyMap<string, EventMeasurePlan>): Promise<Map<string, KeepingRow>> {
    const live = new Map(rows.filter((row) => row.version === version && wanted.has(row.measure)).map((row) => [row.measure, row]))
    const gone = rows.filter((row) => live.get(row.measure) !== row)
    await retireKeepings(
      this.#parts,
      gone.map(({ id }) => id),
    )
    return live
  }

  /** Undefined where it does not pay. */
  async #begin(project: Project, { key, measure }: { key: string; measure: EventMeasurePlan }): Promise<KeepingRow | undefined> {
    const { events, people, first } = await this.#costOf(project, measure)
    const { leastEvents, eventsOfEach, bareEventsOfEach } = this.#rules
    const ofEach = measure.source === undefined && measure.filters.length === 0 ? bareEventsOfEach : eventsOfEach
    if (events === 0 || events < leastEvents || events < ofEach * people) return undefined
    return this.#inTurn(() => beginKeeping(this.#parts, { project_id: project.id, measure: key }, first - 1))
  }

  /** Asked once in a run for all measures of the same events. */
  #costOf(project: Project, measure: EventMeasurePlan): Promise<Cost> {
    const key = JSON.stringify([project.id, measure.names])
    const cost = this.#costs.get(key) ?? readCost(this.#parts, project, measure)
    this.#costs.set(key, cost)
    return cost
  }

  async #keepOn(measure: EventMeasurePlan, begun: KeepingRow): Promise<void> {
    const { ingest } = this.#parts
    const { lag, slice } = this.#rules
    let keeping = await this.#sound(measure, begun)
    while (keeping !== undefined && ingest.watermark() - keeping.through >= lag) {
      this.#stop?.throwIfAborted()
      keeping = await this.#add(measure, keeping, Math.min(keeping.through + slice, ingest.watermark()))
    }
    if (keeping === undefined || keeping.until === 0) return
    const { rows } = await this.#statesOf(keeping)
    if (keeping.rows === 0) await noteKeeping(this.#parts, keeping.id, { rows })
    else if (rows >= 2 * keeping.rows) await this.#together(measure, keeping)
  }

  /** The keeping, where it is as it was noted. A step that was cut short leaves states that were never noted; what was noted before is taken over into a new one. */
  async #sound(measure: EventMeasurePlan, keeping: KeepingRow): Promise<KeepingRow | undefined> {
    const { marks, later } = await this.#statesOf(keeping)
    if (marks === 1 && later === 0) return keeping
    if (marks === 1 && keeping.until > 0) return this.#together(measure, keeping)
    return this.#inTurn(async () => {
      await retireKeepings(this.#parts, [keeping.id])
      return beginKeeping(this.#parts, keeping, keeping.until > 0 ? 0 : keeping.through)
    })
  }

  /** Adds what came up to a position; undefined where the keeping was taken away meanwhile. */
  #add(measure: EventMeasurePlan, keeping: KeepingRow, through: number): Promise<KeepingRow | undefined> {
    return this.#inTurn(async () => {
      if (!(await isLive(this.#parts, keeping.id))) return undefined
      // The clock may have been put back: what had happened once has happened.
      const to = { through, until: Math.max(keeping.until, this.#parts.clock()) }
      await this.#write(keepOnSql(measure, keeping.project_id, { from: keeping, to }))
      const { rows } = keeping.until === 0 ? await this.#statesOf({ ...keeping, ...to }) : keeping
      await noteKeeping(this.#parts, keeping.id, { ...to, rows })
      return { ...keeping, ...to, rows }
    })
  }

  /** A new keeping that holds the same with one row for each person. */
  #together(measure: EventMeasurePlan, keeping: KeepingRow): Promise<KeepingRow | undefined> {
    return this.#inTurn(async () => {
      if (!(await isLive(this.#parts, keeping.id))) return undefined
      const begun = await beginKeeping(this.#parts, keeping, keeping.through)
      await this.#write(keepTogetherSql(measure, keeping.project_id, { from: keeping, id: begun.id }))
      const { through, until } = keeping
      const { rows } = await this.#statesOf({ ...begun, through })
      await this.#parts.catalog.transaction().execute(async (catalog) => {
        await noteKeeping({ catalog }, begun.id, { through, until, rows })
        await retireKeepings({ catalog, clock: this.#parts.clock }, [keeping.id])
      })
      return { ...begun, through, until, rows }
    })
  }

  /** How many states there are up to the position that was noted, how many after it, and how many rows of nobody. */
  async #statesOf({ project_id, id, through }: KeepingRow): Promise<{ rows: number; later: number; marks: number }> {
    const [row] = await this.#parts.store.query<{ rows: string; later: string; marks: string }>(
      render(sql`select countIf(actor_id != 0 and through <= ${bind('UInt64', through)}) as rows, countIf(through > ${bind('UInt64', through)}) as later,
countIf(actor_id = 0) as marks from kindred.trait_states where project_id = ${bind('UInt32', project_id)} and keeping = ${bind('UInt64', id)}`),
    )
    return { rows: Number(row?.rows), later: Number(row?.later), marks: Number(row?.marks) }
  }

  /** In the background; a stop ends it in the middle. */
  #write(statement: Sql): Promise<void> {
    return this.#parts.store.background(render(statement), this.#stop === undefined ? {} : { signal: this.#stop })
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    return rewriting(this.#parts.store, work)
  }
}

async function readCost({ store, ingest }: UpkeepParts, project: Project, measure: EventMeasurePlan): Promise<Cost> {
  // Beyond it the store may have a later event and not yet an earlier one.
  const watermark = ingest.watermark()
  const [row] = await store.query<Record<keyof Cost, string>>(render(readingCostSql(measure, project.id)))
  return { events: Number(row?.events), people: Number(row?.people), first: Math.min(Number(row?.first), watermark + 1) }
}
