import { dateOf, readByCondition, type SegmentDefinition, textOf } from '@kindred/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidateInstants, timeParts } from '../../src/segments/why/candidates.ts'
import { eventsAsked } from '../../src/segments/why/events-asked.ts'
import type { History, Person, Question } from './naive/history.ts'
import { meets } from './naive/kinds.ts'
import { personEvents } from './naive/person-events.ts'
import { definition } from './random/definition.ts'
import { history, now, roles } from './random/world.ts'

const timezone = 'Europe/Berlin'
const hour = 3_600_000
const question: Question = { now, timezone, weekStart: 'monday', roles, watermark: 100, segments: new Map() }

function isMember(person: Person, at: number, { where, given }: { where: SegmentDefinition['where']; given: History }): boolean {
  const then = { ...question, now: at }
  return meets(where, { history: given, question: then, meets, subject: person, unit: 'person', events: personEvents(person.id, given, then) })
}

/** What happens to somebody, or is said of them, as far as the conditions look at it. */
function instantsOf(person: Person, given: History, { names, dated }: { names: readonly string[] | null; dated: readonly string[] }): number[] {
  // When they were first seen is told by what came after the watermark too.
  const events = personEvents(person.id, given, { ...question, watermark: Number.MAX_SAFE_INTEGER })
  const values = dated.flatMap((name) => [person.properties[name], ...events.map(({ properties }) => properties[name])])
  const dates = values.flatMap((value) => (value === undefined || value === null ? [] : (dateOf(textOf(value) ?? '', timezone) ?? [])))
  const asked = names === null ? events : events.filter(({ event }) => names.includes(event))
  const them = given.people.filter(({ id }) => id === person.id || given.merges.get(id) === person.id)
  const said = (given.consents ?? []).filter(({ personId }) => them.some(({ id }) => id === personId)).map(({ at }) => at)
  return [...them.map(({ createdAt = 0 }) => createdAt), ...said, ...asked.map(({ timestamp }) => timestamp), ...dates]
}

const runs = Number(process.env.KINDRED_RUNS ?? 60)

test(
  'between two candidates nothing changes: only the events that a rule looks at are needed to find them',
  () => {
    let changes = 0
    let narrowed = 0
    const moments = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(history, fc.array(definition, { minLength: 30, maxLength: 30 }), moments, (given, definitions, shares) => {
        for (const each of definitions) {
          const read = readByCondition(each.where)
          const parts = timeParts([each])
          // Told as not known, or told by what is not read here: the record of other segments, fields that are computed.
          if (each.unit === 'account' || parts.beyond !== null || read.segments.length > 0 || parts.dated.some((name) => name.includes('.'))) continue
          const names = eventsAsked([each.where], { roles })
          if (names !== null) narrowed++
          for (const person of given.people.filter(({ deleted }) => !deleted).slice(0, 6)) {
            const of = { where: each.where, given }
            const candidatesOf = (asked: typeof names) =>
              candidateInstants(parts, { instants: instantsOf(person, given, { names: asked, dated: parts.dated }), now, timezone })
            const { candidates, horizon } = candidatesOf(names)
            const kept = new Set(candidates)
            const all = candidatesOf(null).candidates
            const left = all.filter((each) => !kept.has(each))
            for (const share of shares) {
              // Where something of theirs that is left out, or anything, meets a length of time of the rule, and the whole hour and day after it.
              const near = [left, all].flatMap((some) => some[Math.floor(share * some.length)] ?? [])
              const probed = near.flatMap((each) => [each, ...[hour, 24 * hour].map((unit) => Math.ceil(each / unit) * unit)])
              for (const at of probed.filter((each) => each <= horizon)) {
                const before = candidates.findLast((candidate) => candidate <= at) ?? now
                const member = isMember(person, before, of)
                expect({ each, person, at, before, member: isMember(person, at, of) }).toEqual({ each, person, at, before, member })
                if (member !== isMember(person, now, of)) changes++
              }
            }
          }
        }
      }),
      { numRuns: runs, endOnFailure: true },
    )
    // It would say nothing if nobody entered or left, or if every event were asked.
    expect(changes).toBeGreaterThan(0)
    expect(narrowed).toBeGreaterThan(runs)
  },
  60_000 + runs * 1000,
)
