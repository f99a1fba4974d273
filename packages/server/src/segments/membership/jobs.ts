import type { Project, RecomputedSegment, Schedule } from '@kindred/model'
import { startOfDay } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import type { Parts } from '../../parts.ts'
import { findProject } from '../../projects/projects.ts'
import { questionContext } from '../../projects/question-context.ts'
import type { SegmentRow } from '../segment-row.ts'
import { isIdle, pausedOf } from './pause.ts'
import { type RunReason, recompute } from './recompute.ts'

const minute = 60_000
const hour = 60 * minute
/** When nightly segments are computed, in the project's zone. */
const nightHour = 2

const jobsOfParts = new WeakMap<Parts, MembershipJobs>()

/** The recomputations of this server: one after another. */
export function membershipJobs(parts: Parts): MembershipJobs {
  const jobs = jobsOfParts.get(parts) ?? new MembershipJobs(parts)
  jobsOfParts.set(parts, jobs)
  return jobs
}

/** From now on looks every minute which segments are due. */
export function startMembership(parts: Parts): void {
  membershipJobs(parts).start()
}

class MembershipJobs {
  readonly #parts: Parts
  /** Asked for and not yet begun, by segment: asked twice meanwhile is once. */
  readonly #waiting = new Map<number, RunReason>()
  #line: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.due().catch(tell), minute).unref()
    void this.due().catch(tell)
  }

  /** Recomputes a segment after those before it. Errors: those of `recompute`. */
  recompute(project: Project, id: number, reason: RunReason): Promise<RecomputedSegment> {
    const turn = this.#line.then(() => recompute(this.#parts, project, { id, reason }))
    this.#line = turn.catch(() => undefined)
    return turn
  }

  /** Recomputes a segment in the background; what goes wrong is kept with the run. */
  soon(id: number, reason: RunReason): void {
    if (this.#isClosed || this.#waiting.has(id)) return
    this.#waiting.set(id, reason)
    this.#line = this.#line.then(() => this.#turn(id)).catch(tell)
  }

  /** Asks for every segment that is due by its schedule. */
  async due(): Promise<void> {
    if (this.#isClosed) return
    const { catalog, clock } = this.#parts
    const now = clock()
    const rows = await catalog.selectFrom('segments').selectAll().where('deleted_at', 'is', null).where('archived_at', 'is', null).execute()
    if (rows.length === 0) return
    const paused = await this.#paused(rows, now)
    const last = await this.#lastTried()
    const zones = new Map((await catalog.selectFrom('projects').select(['id', 'timezone']).execute()).map(({ id, timezone }) => [id, timezone]))
    for (const row of rows) {
      if (paused.has(row.id)) continue
      if (isDue(row.schedule, { last: last.get(row.id), now, timezone: zones.get(row.project_id) ?? 'UTC' })) this.soon(row.id, 'schedule')
    }
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await this.#line
    await this.#line
  }

  /** Ends after the recomputation under way; what waits is due again at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#waiting.clear()
    await this.#line
  }

  async #turn(id: number): Promise<void> {
    const reason = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (reason === undefined) return
    const row = await this.#parts.catalog.selectFrom('segments').select(['project_id', 'archived_at', 'deleted_at']).where('id', '=', id).executeTakeFirst()
    if (row === undefined || row.archived_at !== null || row.deleted_at !== null) return
    await recompute(this.#parts, await findProject(this.#parts, row.project_id), { id, reason })
  }

  async #paused(rows: readonly SegmentRow[], now: number): Promise<Set<number>> {
    const paused = new Set<number>()
    for (const projectId of new Set(rows.filter((row) => isIdle(row, now)).map((row) => row.project_id))) {
      const { segments } = await questionContext(this.#parts, await findProject(this.#parts, projectId))
      const own = rows.filter((row) => row.project_id === projectId)
      for (const id of pausedOf(own, segments, now)) paused.add(id)
    }
    return paused
  }

  /** When each segment was last computed, in vain too: what fails is tried again when it is next due. */
  async #lastTried(): Promise<Map<number, number>> {
    const rows = await this.#parts.catalog
      .selectFrom('segment_runs')
      .select(['segment_id', ({ fn }) => fn.max<number>('at').as('at')])
      .groupBy('segment_id')
      .execute()
    return new Map(rows.map((row) => [row.segment_id, row.at]))
  }
}

/** Whether a segment last computed at `last` is due. */
export function isDue(schedule: Schedule, { last, now, timezone }: { last: number | undefined; now: number; timezone: string }): boolean {
  if (schedule === 'off') return false
  if (last === undefined) return true
  if (schedule === 'hourly') return now - last >= hour
  return last < lastNight(now, timezone)
}

/** The last two o'clock in the morning of a zone that is over; on a day that skips it, three. */
function lastNight(now: number, timezone: string): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone)
  const at = today.with({ hour: nightHour, minute: 0, second: 0, millisecond: 0 }).epochMilliseconds
  return at <= now ? at : startOfDay(today.toPlainDate().subtract({ days: 1 }), timezone) + nightHour * hour
}

function tell(error: unknown): void {
  console.error('the members of a segment could not be computed; they are tried again when they are due', error)
}
