import {
  type DidCondition,
  type During,
  type EventChoice,
  type EventRole,
  eventLabel,
  eventMeasures,
  type Operator,
  operatorOf,
  type PropertyCondition,
  type Roles,
  type Within,
} from '@kindred/model'
import { comparisonWords, listWords, operatorWords, propertyWords } from './operator-words.ts'

interface Phrase {
  /** After "who". */
  past: string
  /** After "who did not". */
  base: string
}

const rolePhrases = {
  product_viewed: { past: 'viewed a product', base: 'view a product' },
  product_list_viewed: { past: 'viewed a list of products', base: 'view a list of products' },
  search: { past: 'searched', base: 'search' },
  added_to_cart: { past: 'added to the cart', base: 'add to the cart' },
  removed_from_cart: { past: 'removed from the cart', base: 'remove from the cart' },
  checkout_started: { past: 'started a checkout', base: 'start a checkout' },
  order: { past: 'placed an order', base: 'place an order' },
  refund: { past: 'got a refund', base: 'get a refund' },
  newsletter: { past: 'signed up for the newsletter', base: 'sign up for the newsletter' },
  wishlist: { past: 'added to the wishlist', base: 'add to the wishlist' },
} as const satisfies Record<EventRole, Phrase>

/** "placed an order" for a role, or for an event that alone has it; else "did “Video played”". */
export function eventPhrase(choice: EventChoice, roles: Roles): Phrase {
  if (typeof choice === 'string') {
    const role = (Object.keys(rolePhrases) as EventRole[]).find((each) => roles.events[each]?.length === 1 && roles.events[each]?.[0] === choice)
    if (role !== undefined) return rolePhrases[role]
    if (choice === '$pageview') return { past: 'viewed a page', base: 'view a page' }
    return doing(`“${eventLabel(choice)}”`)
  }
  if ('role' in choice) return rolePhrases[choice.role]
  if ('any' in choice) return { past: 'did anything', base: 'do anything' }
  return doing(
    listWords(
      choice.anyOf.map((name) => `“${eventLabel(name)}”`),
      'or',
    ),
  )
}

function doing(what: string): Phrase {
  return { past: `did ${what}`, base: `do ${what}` }
}

/** "at least 3 times". */
export function timesWords(operator: Operator): string {
  return `${comparisonWords(operator)} ${operator.operand === 1 ? 'time' : 'times'}`
}

/** "where category is shoes and price is more than 5". */
export function whereWords(filters: readonly PropertyCondition[] = []): string {
  if (filters.length === 0) return ''
  const clauses = filters.map((filter) => `${propertyWords(filter.property)} ${operatorWords(operatorOf(filter))}`)
  return `where ${listWords(clauses, 'and')}`
}

/** "in the last 30 days". */
export function windowWords(within: Within | undefined): string {
  if (within === undefined) return ''
  return `${windowInWords(within)}${'zone' in within && within.zone === 'person' ? ', where they live' : ''}`
}

function windowInWords(within: Within): string {
  if ('last' in within) {
    if (within.full === true) return `in the last ${within.last.replace(/ /, ' full ')}`
    const whole = wholeWords(within)
    return within.before === undefined ? `in the last ${within.last}${whole}` : `in the ${within.last} before ${within.before}${whole}`
  }
  if ('period' in within)
    return within.period === 'today' || within.period === 'yesterday' || within.period.startsWith('this') ? within.period : `in the ${within.period}`
  if ('ago' in within) return `between ${within.ago[0]} and ${within.ago[1]} ago${wholeWords(within)}`
  if (!('from' in within)) return `until ${within.to}`
  return within.to === undefined ? `since ${within.from}` : `from ${within.from} to ${within.to}`
}

const measureNouns = { sum: 'a total', avg: 'an average', min: 'a smallest', max: 'a largest', median: 'a median' } as const

/** "with a total revenue of more than 1000"; '' where no property is measured. */
export function measureWords(condition: DidCondition): string {
  const name = eventMeasures.find((each) => condition[each] !== undefined)
  const asked = name === undefined ? undefined : condition[name]
  if (name === undefined || asked === undefined) return ''
  const compared = comparisonWords(operatorOf(asked))
  const property = propertyWords(asked.property)
  return name === 'distinct' ? `with ${compared} different values of ${property}` : `with ${measureNouns[name]} ${property} of ${compared}`
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const dayWords = (day: string) => `${Number(day.slice(3))} ${months[Number(day.slice(0, 2)) - 1]}`
const hourWords = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** "in December", "on a Saturday or Sunday from 22:00 to 06:00". */
export function duringWords(during: During | undefined): string {
  if (during === undefined) return ''
  const { hours, dates } = during
  const parts = [
    during.season === undefined ? '' : `in ${during.season}`,
    during.months === undefined
      ? ''
      : `in ${listWords(
          during.months.map((month) => months[month - 1] ?? ''),
          'or',
        )}`,
    dates === undefined ? '' : `between ${dayWords(dates.from)} and ${dayWords(dates.to)}`,
    during.weekdays === undefined ? '' : `on a ${listWords(during.weekdays.map(capital), 'or')}`,
    hours === undefined ? '' : `from ${hourWords(hours.from)} to ${hourWords(hours.to)}`,
    during.zone === 'person' ? 'by the clock where they live' : '',
  ]
  return parts.filter((each) => each !== '').join(' ')
}

function wholeWords({
  wholeHours,
  wholeDays,
  wholeMonths,
  sameTime,
}: { [Key in 'wholeHours' | 'wholeDays' | 'wholeMonths' | 'sameTime']?: true | undefined }): string {
  if (wholeHours === true) return ', whole hours'
  if (wholeDays === true) return ', whole days'
  if (wholeMonths === true) return ', whole months'
  return sameTime === true ? ', to the same time of day' : ''
}
