import { weekdays } from '@kindred/model'
import fc from 'fast-check'
import { within } from './parts.ts'

/** In whose zone days are counted. */
export const zone = fc.constantFrom(undefined, undefined, 'person', 'project')
const edges = fc.constantFrom(
  { from: '03-01', to: '03-15' },
  { from: '12-31', to: '02-28' },
  { from: '02-29', to: '03-28' },
  { from: '03-16', to: '03-15' },
  { from: '03-29', to: '03-29' },
)

const parts = fc
  .record(
    {
      months: fc.subarray([1, 2, 3, 4], { minLength: 1 }),
      weekdays: fc.subarray([...weekdays], { minLength: 2 }),
      hours: fc.constantFrom({ from: 0, to: 12 }, { from: 22, to: 6 }, { from: 12, to: 24 }, { from: 2, to: 3 }),
      dates: edges,
      zone,
    },
    { requiredKeys: [] },
  )
  .filter((each) => Object.keys(each).some((key) => key !== 'zone'))
const season = fc.record({ season: fc.constantFrom('winter', 'Spring', 'Autumn'), zone, months: fc.constantFrom(undefined, [2, 3]) })

/** Parts of the year, the week and the day, each given or not. Seasons are drawn seldom, as each asks where everyone lives. */
export const during = fc.oneof({ weight: 5, arbitrary: parts }, { weight: 1, arbitrary: season })

/** Windows, some of them of the calendar where people live. */
export const livedWithin = fc.tuple(within, zone).map(([given, zone]) => (given === undefined || zone === undefined ? given : { ...given, zone }))
