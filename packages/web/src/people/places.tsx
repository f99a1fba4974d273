import { englishCountryName, type KnownPlace, type LocationSource, type PersonBackground, type SeenPlace } from '@kindred/model'
import { Table, Text, Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { formatNumber, formatRelative, plural } from '../app/format.ts'
import type { ListedPlace } from './listed-place.ts'

const PlacesMap = lazy(() => import('./places-map.tsx'))

const sourceWords: Record<LocationSource, string> = {
  declared: 'declared',
  shipping: 'shipping address',
  billing: 'billing address',
  device: 'device',
  ip: 'IP address',
}

/** Where a person is, by what it is known from, and where their events came from: on a small map, and as a list. */
export function Places({ background: { known, places } }: { background: PersonBackground }) {
  // Events tell more of where an IP address was than the profile, which has the last one.
  const told = known.filter(({ source }) => source !== 'ip' || places.length === 0)
  const listed = [...told.map(ofProfile), ...places.map(ofEvents)]
  if (listed.length === 0) return null
  return (
    <section aria-labelledby="places">
      <Title order={2} id="places" mb="xs">
        Places
      </Title>
      <Suspense fallback={null}>
        <PlacesMap places={listed} />
      </Suspense>
      <Table verticalSpacing={6}>
        <caption className="kindred-hidden">Places with what they are known from</caption>
        <Table.Thead className="kindred-hidden">
          <Table.Tr>
            <Table.Th scope="col">Place</Table.Th>
            <Table.Th scope="col">Known from</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {listed.map(({ key, name, says }) => (
            <Table.Tr key={key}>
              <Table.Td>{name}</Table.Td>
              <Table.Td ta="right">
                <Text span c="dimmed" fz="sm">
                  {says}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function ofProfile({ source, country, countryCode, region, city, postalCode, point }: KnownPlace): ListedPlace {
  const parts = [city, region, postalCode, country].filter((each) => each !== '')
  return {
    key: source,
    name: parts.length > 0 ? parts.join(', ') : `${point?.latitude}, ${point?.longitude}`,
    says: `${sourceWords[source]}${point?.from === 'postalCode' ? ', on the map by postal code' : ''}`,
    countryCode,
    point,
  }
}

function ofEvents({ country, countryCode, city, latitude, longitude, events, lastAt }: SeenPlace): ListedPlace {
  return {
    key: `${countryCode} ${city}`,
    name: [city, country === '' ? (englishCountryName(countryCode) ?? '') : country].filter((each) => each !== '').join(', '),
    says: `${formatNumber(events)} ${plural(events, 'event', 'events')}, ${formatRelative(lastAt)}`,
    countryCode,
    point: latitude === null || longitude === null ? null : { latitude, longitude },
  }
}
