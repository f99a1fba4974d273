import type { During } from '@kindred/model'
import { countryCodes, englishCountryName, isSouthern, usualSeasons, weekdays } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import type { Asked, Event, Person, Question } from './history.ts'
import { profilePart } from './place.ts'

const zoneNames = ['timezone', 'time_zone', 'timeZone', 'Timezone', '$timezone', '$geoip_time_zone']

export interface Lives {
  timezone: string
  southern: boolean
}

/** Where somebody lives: the zone they tell of, the project's where that is none; the southern half of the world by latitude, else by country. */
export function livesOf(properties: Person['properties'], { timezone }: Pick<Question, 'timezone'>): Lives {
  const told = zoneNames.map((name) => String(properties[name] ?? '').trim()).find((text) => text !== '')
  const latitude = profilePart(properties, 'latitude')
  const country = profilePart(properties, 'country')
  const code = countryCodes.find((each) => englishCountryName(each) === country)
  const southern = latitude === '' ? code !== undefined && isSouthern(code) : Number(latitude) < 0
  return { timezone: told !== undefined && isZone(told) ? told : timezone, southern }
}

export function livesOfEvent({ personId }: Event, { history, question }: Asked): Lives {
  const id = history.merges.get(personId) ?? personId
  const person = history.people.find((each) => each.id === id && !each.deleted)
  return livesOf(person?.properties ?? {}, question)
}

/** The question in the zone that days are counted in: that of whoever an event belongs to, where a window or the like says `zone: person`. */
export function zonedFor(event: Event, by: { zone?: 'project' | 'person' | undefined } | undefined, asked: Asked): Question {
  return by?.zone === 'person' ? { ...asked.question, timezone: livesOfEvent(event, asked).timezone } : asked.question
}

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return /^[A-Z]/.test(name)
  } catch {
    return false
  }
}

/** Whether a moment lies in all that is given, by the clock of the project, or with `zone: person` of the one it belongs to. */
export function isDuring(at: number, during: During | undefined, { lives, question }: { lives: Lives; question: Question }): boolean {
  if (during === undefined) return true
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(during.zone === 'person' ? lives.timezone : question.timezone)
  const day = local.toPlainDate().toString().slice(5)
  const { months, hours, dates, season } = during
  const isIn = ({ from, to }: { from: string; to: string }) => (from <= to ? from <= day && day <= to : from <= day || day <= to)
  if (months !== undefined && !months.includes(local.month)) return false
  if (during.weekdays !== undefined && !during.weekdays.includes(weekdays[local.dayOfWeek - 1] ?? 'monday')) return false
  if (dates !== undefined && !isIn(dates)) return false
  if (season !== undefined) {
    const named = (question.seasons ?? usualSeasons).find((each) => each.name.toLowerCase() === season.toLowerCase())
    if (named === undefined || !isIn(lives.southern ? (named.south ?? named) : named)) return false
  }
  if (hours === undefined) return true
  const { hour } = local
  return hours.from < hours.to ? hour >= hours.from && hour < hours.to : hour >= hours.from || hour < hours.to
}
