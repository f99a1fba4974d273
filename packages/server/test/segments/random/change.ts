import fc from 'fast-check'
import { eventChoice, filter } from './parts.ts'
import { livedWithin, zone } from './when.ts'

const where = fc.array(filter, { maxLength: 2 })
const lengths = ['1 hour', '12 hours', '1 day', '7 days', '2 weeks', '30 days', '60 days']
const days = ['0 days', '1 day', '7 days', '2 weeks', '16 days', '1 month', '2 months', '1 quarter']

/** The longer and the shorter of two lengths, each in the order of the list. */
const pair = (of: readonly string[], longer: string, shorter: string) =>
  fc.uniqueArray(fc.nat({ max: of.length - 1 }), { minLength: 2, maxLength: 2 }).map((picked) => {
    const [short, long] = picked.toSorted((one, other) => one - other)
    return { [longer]: of[long ?? 0], [shorter]: of[short ?? 0] }
  })
const stretch = (longer: string, shorter: string, ofDays: readonly string[]) =>
  fc.oneof(
    pair(lengths, longer, shorter),
    fc.tuple(pair(ofDays, longer, shorter), zone).map(([each, zone]) => ({ ...each, wholeDays: true, zone })),
  )

export const stopped = fc
  .tuple(fc.record({ stopped: eventChoice, where }, { requiredKeys: ['stopped'] }), stretch('active', 'quiet', days))
  .map(([of, lengths]) => ({ ...of, ...lengths }))
export const restarted = fc
  .tuple(fc.record({ restarted: eventChoice, where }, { requiredKeys: ['restarted'] }), stretch('quiet', 'back', days.slice(1)))
  .map(([of, lengths]) => ({ ...of, ...lengths }))
export const started = fc.record(
  { started: eventChoice, where, within: livedWithin.filter((each) => each !== undefined) },
  { requiredKeys: ['started', 'within'] },
)
export const observed = fc.record({ observed: fc.constantFrom('0 days', '1 hour', '7 days', '30 days', '60 days') })
