import { conditionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { type RestartedDraft, readRow, type StoppedDraft } from '../../src/segments/tree/row-draft.ts'
import { lengthUnits, withWholeDays, withZone } from '../../src/segments/tree/whole-days.ts'
import { rowMistake, writeRow } from '../../src/segments/tree/write-row.ts'

const stopped: StoppedDraft = { kind: 'stopped', stopped: { role: 'order' }, active: '36 hours', quiet: '30 days' }

test('a row counts whole days where each person lives, and again to the millisecond, always in lengths the language takes', () => {
  const whole = withZone(withWholeDays(stopped, true, ['active', 'quiet']), true)
  expect(writeRow(whole)).toEqual({ stopped: { role: 'order' }, active: '36 weeks', quiet: '30 days', wholeDays: true, zone: 'person' })
  expect([rowMistake(whole), conditionSchema.safeParse(writeRow(whole)).success]).toEqual([null, true])
  expect([lengthUnits(whole).includes('months'), lengthUnits(stopped).includes('months')]).toEqual([true, false])
  expect(writeRow(withWholeDays(whole, false, ['active', 'quiet']))).toEqual({ stopped: { role: 'order' }, active: '36 weeks', quiet: '30 days' })
  expect(withZone(whole, false)).not.toHaveProperty('zone')
})

test('what was written with the zone of each person is read into the row and comes back', () => {
  const condition = conditionSchema.parse({ restarted: 'login', quiet: '3 months', back: '1 month', wholeDays: true, zone: 'person' })
  const draft = readRow(condition) as RestartedDraft
  expect([draft.wholeDays, draft.zone, writeRow(draft)]).toEqual([true, 'person', condition])
})
