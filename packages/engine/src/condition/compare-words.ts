import type { CompareCondition, Quantity, Roles } from '@kindred/model'
import { duringWords, eventPhrase, whereWords, windowWords } from './did-words.ts'
import { propertyWords } from './operator-words.ts'
import { measuredOf } from './quantity.ts'

const measures = { sum: 'total', avg: 'average', min: 'smallest', max: 'largest', median: 'median', distinct: 'number of different values of' } as const

/** "number of times they placed an order in the last 30 days", "total revenue of when they placed an order". */
export function sideWords({ compare, than }: CompareCondition, roles: Roles): { one: string; other: string } {
  return { one: quantityWords(compare, roles), other: quantityWords(than, roles) }
}

function quantityWords(quantity: Quantity, roles: Roles): string {
  const measure = measuredOf(quantity)
  const { past } = eventPhrase(quantity.did, roles)
  const number = measure.of === 'count' || measure.of === 'share' ? 'number of times' : `${measures[measure.of]} ${propertyWords(measure.property)} when`
  return [`${number} they ${past}`, windowWords(quantity.within), duringWords(quantity.during), whereWords(quantity.where)]
    .filter((each) => each !== '')
    .join(' ')
}
