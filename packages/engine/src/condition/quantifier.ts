import { type Comparison, compareNumber, type NumberOperator, operatorOf, positiveOf, type Quantifier } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { Place } from '../zone/when.ts'
import { checkComparison } from './comparison.ts'
import { comparisonWords } from './operator-words.ts'

/** How many of somebody's others must meet a condition. `none` tells whether somebody without any others at all is kept. */
export type Quantity =
  | { readonly by: 'any' | 'all' | 'none' }
  | { readonly by: 'number' | 'share'; readonly operator: NumberOperator; readonly negated: boolean; readonly none: boolean }

/** `at`: where the quantifier stands. Errors: `segment/invalid` for a range that ends before it begins. Warns where no number, or every number, meets it. */
export function planQuantifier(quantifier: Quantifier, { at, ...place }: Pick<Place, 'path' | 'warn'> & { at: string }): Quantity {
  if (typeof quantifier === 'string') return { by: quantifier }
  const by = 'share' in quantifier ? 'share' : 'number'
  const comparison = 'share' in quantifier ? quantifier.share : quantifier
  checkComparison(comparison, { of: by === 'share' ? 'share' : 'count' }, { ...place, at: by === 'share' ? `${at}.share` : at })
  const { operator, negated } = positiveOf(operatorOf(comparison)) as { operator: NumberOperator; negated: boolean }
  // Of nobody there is no share: it meets only the opposites.
  return { by, operator, negated, none: by === 'share' ? negated : compareNumber(0, operator) !== negated }
}

/** What can be looked at to count somebody's others. */
export interface Others {
  /** `from … where …` over rows of somebody and one of their others, each pair once where it says so. */
  rows(once: boolean): Sql
  /** The same over those alone who meet the condition. */
  meeting(once: boolean): Sql
  /** Whose others they are, on such a row. */
  owner: Sql
  /** UInt8, never NULL: the other meets the condition. */
  met: Sql
}

/** UInt8, never NULL: so many others of `id` meet their condition. Everybody's others are counted in one pass. */
export function quantitySql(id: Sql, quantity: Quantity, { rows, meeting, owner, met }: Others): Sql {
  const owners = (from: Sql, having?: Sql) => sql`(select ${owner} as owner ${from}${having === undefined ? raw('') : sql` group by owner having ${having}`})`
  switch (quantity.by) {
    case 'any':
      return sql`${id} in ${owners(meeting(false))}`
    case 'none':
      return sql`${id} not in ${owners(meeting(false))}`
    case 'all':
      return sql`${id} in ${owners(rows(false), sql`min(${met}) = 1`)}`
    case 'number':
      // Those with none are in no group: where they are kept, the others who are not are taken away instead.
      return sql`${id} ${kept(quantity)} ${owners(meeting(true), compared(raw('count()'), quantity))}`
    case 'share': {
      // Named, not repeated: what is asked of the others may hold shares again, and saying it twice at each level would double the statement each time.
      const shares = sql`select ${owner} as owner, 100 * countIf(${met}) / count() as share ${rows(true)} group by owner`
      return sql`${id} ${kept(quantity)} (select owner from (${shares}) where ${compared(raw('share'), quantity)})`
    }
  }
}

type Counted = Extract<Quantity, { by: 'number' | 'share' }>

function kept({ none }: Counted): Sql {
  return raw(none ? 'not in' : 'in')
}

function compared(measured: Sql, { operator, negated, none }: Counted): Sql {
  const bounds = boundsOf(operator).map(({ sign, operand }) => sql`${measured} ${raw(sign)} ${bind('Float64', operand)}`)
  return sql`${raw(negated === none ? '' : 'not ')}(${join(bounds, ' and ')})`
}

/** What a sentence says of each quantity, before the clause about the others. */
export interface QuantityPhrases {
  any: string
  none: string
  all: string
  notAll: string
  /** `many` is "at least 2 people". */
  number(many: string, negated: boolean): string
  /** "person", "people". */
  others: readonly [one: string, many: string]
}

export function quantityWords(quantifier: Quantifier, { negated, ...phrases }: QuantityPhrases & { negated: boolean }): string {
  const [one, many] = phrases.others
  if (quantifier === 'all') return negated ? phrases.notAll : phrases.all
  if (typeof quantifier === 'string') return (quantifier === 'any') === negated ? phrases.none : phrases.any
  if ('share' in quantifier) return `${negated ? 'it is not true that ' : ''}${comparisonWords(operatorOf(quantifier.share))} % of the ${many} are ones`
  const isOne = Object.values(quantifier as Comparison).every((operand) => operand === 1)
  return phrases.number(`${comparisonWords(operatorOf(quantifier))} ${isOne ? one : many}`, negated)
}
