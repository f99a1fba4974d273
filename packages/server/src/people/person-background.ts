import { bind, type CompileContext, eventProperty, eventsWhere, personOfEvent, render, sql } from '@kindred/engine'
import type { PersonBackground, PersonMerge, SeenId, SeenPlace, UsedDevice } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { knownPlaces } from './known-places.ts'

type BackgroundParts = Pick<Parts, 'catalog' | 'store'>

/** Who was found to be this person, the devices they used and the places they were seen at. */
export async function personBackground(parts: BackgroundParts, context: CompileContext, person: number): Promise<PersonBackground> {
  const [ids, merges, devices, known, places] = await Promise.all([
    seenIds(parts, context, person),
    mergesInto(parts, context, person),
    usedDevices(parts, context, person),
    knownPlaces(parts, context, person),
    seenPlaces(parts, context, person),
  ])
  return { ids, merges, devices, known, places }
}

const most = 50

async function seenIds({ store }: BackgroundParts, context: CompileContext, person: number): Promise<SeenId[]> {
  const rows = await store.query<{ id: string; events: string; first: string; last: string; event: string }>(
    render(sql`select e.distinct_id as id, count() as events, toUnixTimestamp64Milli(min(e.timestamp)) as first, toUnixTimestamp64Milli(max(e.timestamp)) as last,
argMin(e.event, (e.timestamp, e.position)) as event ${eventsWhere(context, [sql`${personOfEvent(context)} = ${bind('UInt64', person)}`])}
group by id order by first, id limit ${bind('UInt32', most)}`),
  )
  return rows.map(({ id, event, ...row }) => ({ distinctId: id, event, events: Number(row.events), firstAt: Number(row.first), lastAt: Number(row.last) }))
}

async function mergesInto({ catalog, store }: BackgroundParts, { projectId }: CompileContext, person: number): Promise<PersonMerge[]> {
  const merges = await catalog
    .selectFrom('person_merges')
    .select(['from_id', 'position'])
    .where('project_id', '=', projectId)
    .where('to_id', '=', person)
    .orderBy('position', 'desc')
    .limit(most)
    .execute()
  if (merges.length === 0) return []
  const project = bind('UInt32', projectId)
  const positions = bind(
    'Array(UInt64)',
    merges.map((merge) => merge.position),
  )
  const people = bind(
    'Array(UInt64)',
    merges.map((merge) => merge.from_id),
  )
  const [causes, before] = await Promise.all([
    store.query<{ position: string; event: string; at: string }>(
      render(
        sql`select e.position as position, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at from kindred.events as e where e.project_id = ${project} and e.position in ${positions}`,
      ),
    ),
    // The person as known when the event came in never changes, whoever they became.
    store.query<{ person: string; ids: string[]; events: string }>(
      render(
        sql`select e.actor_id as person, groupUniqArray(20)(e.distinct_id) as ids, count() as events from kindred.events as e where e.project_id = ${project} and e.actor_id in ${people} group by person`,
      ),
    ),
  ])
  return merges.map(({ from_id, position }) => {
    const cause = causes.find((each) => Number(each.position) === position)
    const own = before.find((each) => Number(each.person) === from_id)
    return {
      personId: from_id,
      distinctIds: own?.ids.toSorted() ?? [],
      events: Number(own?.events ?? 0),
      at: cause === undefined ? null : Number(cause.at),
      event: cause?.event ?? null,
    }
  })
}

async function usedDevices({ store }: BackgroundParts, context: CompileContext, person: number): Promise<UsedDevice[]> {
  const rows = await store.query<{ device: string; os: string; browser: string; events: string; first: string; last: string }>(
    render(sql`select if(e.device = '', e.device_type, e.device) as device, e.os as os, e.browser as browser, count() as events,
toUnixTimestamp64Milli(min(e.timestamp)) as first, toUnixTimestamp64Milli(max(e.timestamp)) as last
${eventsWhere(context, [sql`${personOfEvent(context)} = ${bind('UInt64', person)}`, sql`(notEmpty(e.device_type) or notEmpty(e.device) or notEmpty(e.os) or notEmpty(e.browser))`])}
group by device, os, browser order by events desc, device, os, browser limit ${bind('UInt32', most)}`),
  )
  return rows.map(({ device, os, browser, ...row }) => ({
    device,
    os,
    browser,
    events: Number(row.events),
    firstAt: Number(row.first),
    lastAt: Number(row.last),
  }))
}

async function seenPlaces({ store }: BackgroundParts, context: CompileContext, person: number): Promise<SeenPlace[]> {
  const [city, latitude, longitude] = [
    eventProperty('$geoip_city_name').text,
    eventProperty('$geoip_latitude').number,
    eventProperty('$geoip_longitude').number,
  ]
  const rows = await store.query<{
    country: string
    code: string
    city: string
    latitude: number | null
    longitude: number | null
    events: string
    last: string
  }>(
    render(sql`select e.country_name as country, e.country_code as code, ifNull(${city}, '') as city, any(${latitude}) as latitude, any(${longitude}) as longitude,
count() as events, toUnixTimestamp64Milli(max(e.timestamp)) as last
${eventsWhere(context, [sql`${personOfEvent(context)} = ${bind('UInt64', person)}`, sql`notEmpty(e.country_name)`])}
group by country, code, city order by events desc, country, city limit ${bind('UInt32', most)}`),
  )
  return rows.map(({ country, code, events, last, ...row }) => ({ country, countryCode: code, ...row, events: Number(events), lastAt: Number(last) }))
}
