import { type CompareCondition, eventMeasures } from '@kindred/model'
import { compares } from './compares.ts'
import type { Asked } from './history.ts'
import { eventsCounted, measured } from './quantity.ts'

export function compare({ compare: one, is, than, times = 1 }: CompareCondition, asked: Asked): boolean {
  const [first, second] = [numberOfSide(one, asked), numberOfSide(than, asked)]
  if (first === null || second === null) return is === 'notEquals'
  return compares(first, { [is]: second * times })
}

function numberOfSide(side: CompareCondition['compare'], asked: Asked): number | null {
  const name = eventMeasures.find((each) => side[each] !== undefined)
  return name === undefined ? eventsCounted(side, asked).length : measured({ name, property: side[name]?.property ?? '' }, side, asked)
}
