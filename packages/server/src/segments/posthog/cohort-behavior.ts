import type { Comparison, Condition, EventChoice, PropertyCondition } from '@kindred/model'
import { cohortInvalid, cohortUnsupported } from './cohort-error.ts'
import type { Behavior } from './cohort-tree.ts'
import { exactWindow, type Length, lengthOf, truncatedWindow, type WindowPlace, wholeWindow } from './cohort-window.ts'

export interface BehaviorPlace extends WindowPlace {
  eventOf: (key: string | null, type: 'events' | 'actions', path: string) => EventChoice
  filtersOf: (given: Behavior, path: string) => PropertyCondition[]
}

/** What somebody did, with the meaning it has in PostHog. Errors: `cohort/invalid`, `cohort/unsupported`. */
export function behaviorCondition(given: Behavior, place: BehaviorPlace): Condition {
  const event = place.eventOf(given.key, given.event_type, `${place.path}.key`)
  switch (given.value) {
    case 'performed_event':
      return { did: event, ...filters(given, place), ...within(truncatedWindow(given, place)) }
    case 'performed_event_multiple':
      return { did: event, ...filters(given, place), count: times(given, place, 'did'), ...within(exactWindow(given, place)) }
    case 'performed_event_first_time':
      return firstTime(event, given, place)
    case 'performed_event_sequence':
      return sequence(event, given, place)
    case 'performed_event_regularly':
      return regularly(event, given, place)
    case 'stopped_performing_event':
      return stopped(event, given, place)
    case 'restarted_performing_event':
      return restarted(event, given, place)
  }
}

function firstTime(event: EventChoice, given: Behavior, place: BehaviorPlace): Condition {
  const where = filters(given, place)
  if ('where' in where) place.note('PostHog finds the first event by its name and asks the filters of that one: kept so.')
  return { first: event, ...where, ...within(truncatedWindow(given, place)) }
}

/** A funnel of two steps. */
function sequence(event: EventChoice, given: Behavior, place: BehaviorPlace): Condition {
  ignoreFilters(given, place)
  if (given.seq_event == null) throw cohortInvalid(`${place.path}.seq_event`, 'the second event is missing')
  const then = lengthOf(given, 'seq_time', place)
  // Our lengths know no months: PostHog takes 30 days for one, and 365 for a year.
  const text = then.unit === 'month' || then.unit === 'year' ? `${then.seconds / 86_400} days` : then.text
  if (text !== then.text) place.note(`PostHog waits ${text} where ${then.text} are given.`)
  const second = place.eventOf(given.seq_event, given.seq_event_type ?? 'events', `${place.path}.seq_event`)
  return { sequence: [{ did: event }, { did: second, within: text }], ...within(truncatedWindow(given, place)) }
}

function regularly(event: EventChoice, given: Behavior, place: BehaviorPlace): Condition {
  ignoreFilters(given, place)
  const { min_periods: atLeast, total_periods: of } = given
  if (!isPositive(atLeast) || !isPositive(of)) throw cohortInvalid(`${place.path}.min_periods`, 'numbers of periods are whole numbers above 0')
  if (atLeast > of) throw cohortInvalid(`${place.path}.min_periods`, 'more periods are asked for than there are')
  const { text, unit } = lengthOf(given, 'time', place)
  if (unit === 'hour') throw cohortUnsupported(`${place.path}.time_interval`, 'periods of hours that end with yesterday have no like here')
  const count = times(given, place, 'regularly')
  place.note('The last period ends with yesterday, as in PostHog.')
  if (unit !== 'day')
    place.note(
      `PostHog also counts the days from the beginning of a ${unit === 'week' ? 'week' : 'month'} to the first period, as a period of their own; here there are just ${of}.`,
    )
  return { regularly: event, ...(isOnce(count) ? {} : { times: count }), periods: { atLeast, of, each: text, wholeDays: true } }
}

function stopped(event: EventChoice, given: Behavior, place: BehaviorPlace): Condition {
  refuseExplicit(given, place)
  const [active, quiet] = ordered(given, place)
  const where = filters(given, place)
  if (active.unit === 'hour' || quiet.unit === 'hour') {
    return { all: [{ did: event, ...where, within: wholeWindow(active, place) }, { not: { did: event, ...where, within: wholeWindow(quiet, place) } }] }
  }
  place.note('PostHog counts both lengths from midnight: kept as whole days.')
  return { stopped: event, ...where, active: active.text, quiet: quiet.text, wholeDays: true }
}

function restarted(event: EventChoice, given: Behavior, place: BehaviorPlace): Condition {
  refuseExplicit(given, place)
  ignoreFilters(given, place)
  const [quiet, back] = ordered(given, place)
  if (quiet.unit === 'hour' || back.unit === 'hour') throw cohortUnsupported(`${place.path}.time_interval`, 'quiet hours that end with a day have no like here')
  place.note(`An event on the day ${back.text} ago is no return yet, as in PostHog: kept as whole days.`)
  return { restarted: event, quiet: quiet.text, back: back.text, wholeDays: true }
}

/** The longer and the shorter length. */
function ordered(given: Behavior, place: BehaviorPlace): [Length, Length] {
  const [longer, shorter] = [lengthOf(given, 'time', place), lengthOf(given, 'seq_time', place)]
  if (longer.seconds <= shorter.seconds) throw cohortInvalid(`${place.path}.seq_time_value`, `${shorter.text} must be shorter than ${longer.text}`)
  return [longer, shorter]
}

/** PostHog leaves out people without any such event, and periods without one, where ours would count none. */
function times(given: Behavior, place: BehaviorPlace, counted: 'did' | 'regularly'): Comparison {
  const { operator, operator_value: count } = given
  if (!isPositive(count)) throw cohortInvalid(`${place.path}.operator_value`, 'a number of times is a whole number above 0')
  const few = () => place.note(`PostHog leaves out ${counted === 'did' ? 'people' : 'periods'} without any such event: at least one is asked for.`)
  switch (operator ?? 'exact') {
    case 'gte':
      return { atLeast: count }
    case 'gt':
      return { moreThan: count }
    case 'lte':
      few()
      return { between: [1, count] }
    case 'lt':
      if (count === 1)
        throw cohortUnsupported(`${place.path}.operator_value`, 'nobody does it less than once in PostHog, which leaves out people without any such event')
      few()
      return { between: [1, count - 1] }
    case 'eq':
    case 'exact':
      return { equals: count }
    default:
      throw cohortInvalid(`${place.path}.operator`, `${operator} compares no numbers of times`)
  }
}

function isPositive(number: number | null | undefined): number is number {
  return number != null && Number.isInteger(number) && number > 0
}

function isOnce(count: Comparison): boolean {
  return count.atLeast === 1
}

function filters(given: Behavior, place: BehaviorPlace): { where?: PropertyCondition[] } {
  const where = place.filtersOf(given, `${place.path}.event_filters`)
  return where.length > 0 ? { where } : {}
}

function ignoreFilters(given: Behavior, { note }: BehaviorPlace): void {
  if ((given.event_filters ?? []).length > 0) note('PostHog does not look at the filters of this event: they are left out.')
}

/** PostHog takes the one explicit window for both of the two, and then finds nobody. */
function refuseExplicit(given: Behavior, { path }: BehaviorPlace): void {
  if (given.explicit_datetime != null && given.explicit_datetime !== '')
    throw cohortUnsupported(`${path}.explicit_datetime`, 'a window of dates is not meant here')
}

function within<Window>(window: Window | undefined): { within?: Window } {
  return window === undefined ? {} : { within: window }
}
