import { z } from 'zod'
import { locationSources } from '../standard-field.ts'
import { exactlyOneOf, optional } from './exactly-one.ts'

const text = z.string().trim().min(1).max(200)
const textOrList = z.union([text, z.array(text).min(1).max(1000)])

/** Countries that are asked for together, by their present members. */
export const areas = [
  'EU',
  'EEA',
  'Eurozone',
  'Nordics',
  'DACH',
  'Benelux',
  'UK and Ireland',
  'North America',
  'Latin America',
  'Middle East',
  'ASEAN',
  'ANZ',
] as const
export type Area = (typeof areas)[number]

const point = {
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
}
/** Within so many kilometres or miles (both ends belong) of a point, or of the middle of a postal code whose country is given. */
const nearSchema = exactlyOneOf(
  z
    .strictObject({
      latitude: point.latitude.optional(),
      longitude: point.longitude.optional(),
      postalCode: text.optional(),
      country: text.optional(),
      km: z.number().positive().max(20_100).optional(),
      miles: z.number().positive().max(12_500).optional(),
    })
    .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), { error: 'give latitude and longitude, both' })
    .refine(({ postalCode, country }) => (postalCode === undefined) === (country === undefined), { error: 'a postal code needs its country' })
    .refine(({ latitude, postalCode }) => (latitude === undefined) !== (postalCode === undefined), { error: 'give a point or a postal code' }),
  ['km', 'miles'],
  'distance',
)

const placeShape = {
  country: textOrList,
  /** A region, state, province or county. */
  region: textOrList,
  city: textOrList,
  postalCode: textOrList,
  postalCodeStartsWith: textOrList,
  continent: textOrList,
  area: z.union([z.enum(areas), z.array(z.enum(areas)).min(1)]),
  near: nearSchema,
  /** An area drawn on the map: its corners in order, [longitude, latitude]. */
  inside: z
    .array(z.tuple([point.longitude, point.latitude]))
    .min(3)
    .max(500),
} as const
export const placeNamesAsked = Object.keys(placeShape) as (keyof typeof placeShape)[]

/**
 * Where somebody is: of their profile (what they declared before shipping, billing, device and IP; or one `source` alone), or of their last event that has a place.
 * Countries by name or by two letters; case does not matter. A place that is not known is nowhere.
 */
export const placeConditionSchema = exactlyOneOf(
  z
    .strictObject({ place: z.enum(['profile', 'lastEvent']), source: z.enum(locationSources).optional(), ...optional(placeShape) })
    .refine(({ place, source }) => source === undefined || place === 'profile', { error: 'an event has one place', path: ['source'] }),
  placeNamesAsked,
  'place',
)
export type PlaceCondition = z.infer<typeof placeConditionSchema>
