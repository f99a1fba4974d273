import type { CapturedEvent, Properties } from '@kindred/model'
import { chance, integer, pick } from '@kindred/science'
import type { Device } from './devices.ts'
import { professions } from './names.ts'
import type { Place } from './places.ts'
import type { Shopper } from './shopper.ts'

/** The country of an event, in the words of a lookup by IP. */
export function countryProperties(place: Place): Properties {
  return { $geoip_country_code: place.country, $geoip_country_name: place.countryName }
}

/** All that such a lookup tells. */
export function placeProperties(place: Place): Properties {
  return {
    ...countryProperties(place),
    $geoip_continent_name: place.continent,
    $geoip_subdivision_1_name: place.region,
    $geoip_city_name: place.city,
    $geoip_latitude: place.latitude,
    $geoip_longitude: place.longitude,
    $geoip_time_zone: place.timezone,
  }
}

/** What is kept of the first page seen on a device: where they are and how they came. */
export function firstTouch({ type, place }: Shopper, { arrival, device }: { arrival: Properties; device: Device }): Pick<CapturedEvent, 'set' | 'setOnce'> {
  const initial = Object.entries(arrival).map(([key, value]) => [`$initial_${key.replace(/^\$/, '')}`, value])
  return {
    set: {
      $kindred_demo_type: type.name,
      ...placeProperties(place),
      language: place.language,
      $browser: device.browser,
      $os: device.os,
      $device_type: device.type,
    },
    setOnce: { ...Object.fromEntries(initial), $initial_device_type: device.type },
  }
}

const functions = ['Operations', 'Finance', 'Engineering', 'Marketing', 'Human Resources', 'Procurement'] as const
const seniorities = ['Assistant', 'Specialist', 'Manager', 'Director', 'Chief'] as const

/** What the shop is told when someone opens an account. Not everyone fills in everything. */
export function contactProperties(shopper: Shopper): Properties {
  const { random, name, email, place, postcode, birthYear, company, takesSms, adoptionDays } = shopper
  const birthDate = `${birthYear}-${String(integer(random, 1, 12)).padStart(2, '0')}-${String(integer(random, 1, 28)).padStart(2, '0')}`
  const base: Properties = {
    email,
    name: `${name.given} ${name.family}`,
    country: place.country,
    region: place.region,
    city: place.city,
    postal_code: postcode,
    timezone: place.timezone,
    sms_consent: takesSms,
    uses_app: adoptionDays !== null,
    ...(takesSms && { phone: `+353 1 555 ${String(shopper.index).padStart(4, '0')}` }),
    ...(chance(random, 0.7) && { birth_date: birthDate }),
    ...(chance(random, 0.8) && { gender: name.gender }),
  }
  if (company === undefined) return { ...base, ...household(shopper) }
  const [jobFunction, seniority] = [pick(random, functions), pick(random, seniorities)]
  const part = seniority === 'Director' || seniority === 'Chief' ? 'Decision maker' : pick(random, ['User', 'Influencer', 'Buyer'])
  return { ...base, company: company.name, job_title: `${jobFunction} ${seniority}`, job_function: jobFunction, seniority, buying_role: part }
}

function household({ random, birthYear, cart }: Shopper): Properties {
  if (!chance(random, 0.45)) return {}
  // Those who fill larger carts tend to earn more.
  const income = Math.round((18_000 + cart * 1.6 + random.next() * 30_000) / 1000) * 1000
  return {
    income,
    profession: pick(random, professions),
    education: pick(random, ['Secondary', 'Vocational', 'Bachelor', 'Master', 'Doctorate']),
    marital_status: pick(random, birthYear > 1996 ? ['Single', 'Partnered'] : ['Single', 'Partnered', 'Married', 'Divorced']),
    household_size: integer(random, 1, 5),
  }
}
