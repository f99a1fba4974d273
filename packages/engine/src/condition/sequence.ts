import {
  KindredError,
  operatorOf,
  type PropertyCondition,
  readDuration,
  type SequenceCondition,
  type SequenceStep,
  type StepFilter,
  standardNameProblem,
} from '@kindred/model'
import { eventNames } from '../event-match.ts'
import { chainSql } from '../sequence/chain.ts'
import { sequenceRows } from '../sequence/rows.ts'
import { sharedValues } from '../sequence/shared-values.ts'
import { stepMatches } from '../sequence/step-match.ts'
import type { Absence, DoneStep, Length, SequenceSteps, Step } from '../sequence/steps.ts'
import { join, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { livedSubject } from '../zone/lived-in.ts'
import { isLocal, planWindow } from '../zone/when.ts'
import { eventPhrase, windowWords } from './did-words.ts'
import { listWords, operatorWords, propertyWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { checkedOperator, warnOfNothing } from './property.ts'
import type { Compiling, Planning, Reading, Saying } from './reading.ts'

export interface SequencePlan extends Plan, SequenceSteps {
  readonly kind: 'sequence'
}

/** Events one after another: some choice of events meets all that is asked, however many others do not. */
export const sequence: Reading<SequenceCondition, SequencePlan> = {
  plan: (condition, planning) => {
    const { roles, now, timezone, textless } = planning.context
    const when = planWindow(condition.within, planning)
    const { window } = when
    const strict = condition.strict === true
    const { values, shared } = sharedValues(condition.sequence)
    const steps = condition.sequence.map(
      (step, place): Step => ({
        names: eventNames(choiceOf(step), planning.context),
        filters: checkedFilters(step, planning, `sequence.${place}`),
        shared: shared[place] ?? [],
        absent: 'absent' in step,
      }),
    )
    const done = doneSteps(condition.sequence)
    warnOf(condition, { done, window, now, planning })
    const checked = done.map((step, index) => withFewLengths(step, index === done.length - 1 || strict, planning))
    // Between two strict steps nothing lies anyhow.
    const needed = checked.map((step, index) => (strict && index < done.length - 1 ? { ...step, absences: [] } : step))
    const until = lastMoment(needed.at(-1)?.absences ?? [], window.to, now)
    return { kind: 'sequence', steps, done: needed, values, strict, window, when, until, anchored: isAnchored(needed), roles, now, timezone, textless }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} in (${subjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: subjects,
  // Where a choice of events meets it all, that one is shown instead: `matchedChain`.
  deciding: (plan) => {
    const steps = plan.done.flatMap(({ place }) => plan.steps[place] ?? []).map((step) => stepMatches(step, plan))
    const whens = isLocal(plan.when) ? [plan.when] : []
    return { events: [...windowSql({ ...plan.window, to: plan.until }), sql`(${join(steps, ' or ')})`], whens }
  },
  says,
}

function subjects(plan: SequencePlan, compiling: Compiling): Sql {
  const lived = isLocal(plan.when) ? { ...compiling, subject: livedSubject(compiling.subject, [plan.when], plan.timezone) } : compiling
  const found = chainSql(sequenceRows(plan, lived), plan)
  return plan.values === 0 && !plan.anchored ? found : sql`select distinct id from (${found})`
}

function choiceOf(step: SequenceStep) {
  return 'did' in step ? step.did : step.absent
}

function checkedFilters({ where = [] }: SequenceStep, planning: Planning, step: string): PropertyCondition[] {
  return where.flatMap((filter, index) => {
    const at = `${planning.path}.${step}.where.${index}`
    if (filter.sameAs === undefined) {
      const operator = checkedOperator(filter, { path: at, of: 'event' })
      warnOfNothing(operator, planning, { step: `${step}.where.${index}.`, who: 'no event' })
      return [filter]
    }
    for (const [key, name] of [
      ['property', filter.property],
      ['sameAs.of', filter.sameAs.of ?? filter.property],
    ] as const) {
      const misnamed = standardNameProblem(name, 'event')
      if (misnamed !== null) throw new KindredError('segment/invalid', { path: `${at}.${key}`, reason: misnamed })
    }
    if (filter.ignoringCase === true) throw new KindredError('segment/invalid', { path: `${at}.ignoringCase`, reason: 'sameAs compares values as they are' })
    return []
  })
}

/** The steps that are done, each with what must be absent after it. A length of time after the first step that is the step before is one after that. */
function doneSteps(written: readonly SequenceStep[]): DoneStep[] {
  const done: { place: number; within: Length | null; absences: Absence[] }[] = []
  written.forEach((step, place) => {
    const length = lengthOf(step, done.length)
    const last = done.at(-1)
    if ('did' in step) done.push({ place, within: length, absences: [] })
    else if (last !== undefined) last.absences = withAbsence(last.absences, { places: [place], length })
  })
  return done
}

function lengthOf({ within, after }: SequenceStep, before: number): Length | null {
  if (within === undefined) return null
  return { milliseconds: readDuration(within).milliseconds, after: after === 'first' && before > 1 ? 'first' : 'previous' }
}

/** Those that must stay away equally long are one. */
function withAbsence(absences: readonly Absence[], { places, length }: Absence): Absence[] {
  const same = absences.find((each) => each.length?.milliseconds === length?.milliseconds && each.length?.after === length?.after)
  if (same === undefined) return [...absences, { places, length }]
  return absences.map((each) => (each === same ? { ...each, places: [...each.places, ...places] } : each))
}

/** Each different length of time doubles what is carried from step to step. */
const maximumLengths = 3

function withFewLengths(step: DoneStep, free: boolean, { path }: Planning): DoneStep {
  const lasting = step.absences.filter(({ length }) => length !== null)
  const [place] = lasting[maximumLengths]?.places ?? []
  if (free || place === undefined) return step
  throw new KindredError('segment/invalid', {
    path: `${path}.sequence.${place}.within`,
    reason: `between two steps, others may be absent for at most ${maximumLengths} different lengths of time`,
  })
}

function isAnchored(done: readonly DoneStep[]): boolean {
  const absentAfterFirst = done.some(({ absences }) => absences.some(({ length }) => length?.after === 'first'))
  const lastAfterFirst = done.findLastIndex(({ within }) => within?.after === 'first')
  const lasting = done.slice(0, Math.max(lastAfterFirst, 0)).some(({ absences }) => absences.some(({ length }) => length !== null))
  return absentAfterFirst || lasting
}

/** Absence at the end is looked for beyond the window of what was done. */
function lastMoment(absences: readonly Absence[], to: number, now: number): number {
  const ends = absences.map(({ length }) => (length === null ? now : Math.min(now, to + length.milliseconds)))
  return Math.max(to, ...ends)
}

interface Warned {
  done: readonly DoneStep[]
  window: SequenceSteps['window']
  now: number
  planning: Planning
}

function warnOf({ sequence: written, strict }: SequenceCondition, { done, window, now, planning: { warn } }: Warned): void {
  done.forEach(({ absences }, index) => {
    const isEnd = index === done.length - 1
    for (const { places, length } of absences) {
      for (const place of places) {
        if (!isEnd && strict === true) warn('nothing at all lies between strict steps, so this step asks for nothing more', `sequence.${place}`)
        if (isEnd && length !== null && window.from !== undefined && window.from <= now && window.from + length.milliseconds > now) {
          warn('nobody can be a member yet: what happened in the window is not so long ago that the absence could be over', `sequence.${place}.within`)
        }
      }
    }
  })
  written.forEach((step, place) => {
    if ('did' in step && step.within !== undefined && readDuration(step.within).milliseconds === 0) {
      warn('only events of the very same instant are so close', `sequence.${place}.within`)
    }
  })
}

function says({ sequence: written, within, strict }: SequenceCondition, { roles, who, negated }: Saying): string {
  const lastDone = written.findLastIndex((step) => 'did' in step)
  const clauses = written.map((step, place) => {
    const phrase = eventPhrase(choiceOf(step), roles)
    const where = stepWhere(step.where)
    const length = step.within === undefined ? '' : `within ${step.within}${step.after === 'first' ? ' of the first step' : ''}`
    if ('did' in step) return [place === 0 ? '' : 'then', length, phrase.past, where]
    if (place < lastDone) return ['did not', phrase.base, where, 'in between', length]
    return ['then did not', phrase.base, where, length === '' ? 'until now' : length]
  })
  const steps = clauses.map((words) => words.filter((word) => word !== '').join(' ')).join(', ')
  const details = [strict === true ? 'with nothing else in between' : '', within === undefined ? '' : `all of it ${windowWords(within)}`]
  const opening = negated ? `for ${who === 'who' ? 'whom' : 'which'} it is not true that they` : who
  return [`${opening} ${steps}`, ...details].filter((each) => each !== '').join(', ')
}

function stepWhere(filters: readonly StepFilter[] = []): string {
  if (filters.length === 0) return ''
  const clauses = filters.map((filter) => {
    const { property, sameAs } = filter
    if (sameAs === undefined) return `${propertyWords(property)} ${operatorWords(operatorOf(filter))}`
    const other = sameAs.of === undefined || sameAs.of === property ? '' : `${propertyWords(sameAs.of)} `
    return `${propertyWords(property)} is the same as the ${other}of step ${sameAs.step}`.replace('the of step', 'in step')
  })
  return `where ${listWords(clauses, 'and')}`
}
