import { type DidCondition, eventMeasures } from '@kindred/model'
import { compares } from './compares.ts'
import type { Asked } from './history.ts'
import { eventsAmong, eventsCounted, measured } from './quantity.ts'

export function did(condition: DidCondition, asked: Asked): boolean {
  const { count, share } = condition
  const name = eventMeasures.find((each) => condition[each] !== undefined)
  const comparison = name === undefined ? undefined : condition[name]
  if (name !== undefined && comparison !== undefined) return comparesOrNot(measured({ name, property: comparison.property }, condition, asked), comparison)
  if (share === undefined) return compares(eventsCounted(condition, asked).length, count ?? { atLeast: 1 })
  const among = eventsAmong(condition, asked).length
  return comparesOrNot(among === 0 ? null : (100 * eventsCounted(condition, asked).length) / among, share)
}

function comparesOrNot(number: number | null, comparison: Parameters<typeof compares>[1]): boolean {
  return number === null ? comparison.notEquals !== undefined || comparison.notBetween !== undefined : compares(number, comparison)
}
