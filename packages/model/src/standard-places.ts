import { type LocationSource, locationSources, type PlacePart, placeParts, type StandardField } from './standard-field.ts'

/** The raw names of each part of a location by where it is known from. A dot leads into an object. */
export const placeNames: Record<LocationSource, Record<PlacePart, readonly string[]>> = {
  declared: {
    country: ['country', '$country', 'Country', 'country_name', 'country_code', 'countryCode', 'address.country', 'address.country_code'],
    region: ['region', 'Region', 'state', 'province', 'address.region', 'address.state', 'address.province'],
    state: ['state', 'State', 'state_code', 'address.state'],
    province: ['province', 'Province', 'province_code', 'address.province'],
    county: ['county', 'County', 'address.county'],
    city: ['city', '$city', 'City', 'town', 'address.city'],
    postal_code: ['postal_code', 'postalCode', 'postcode', 'zip', 'zip_code', 'Zip', 'address.postal_code', 'address.postalCode', 'address.zip'],
    continent: ['continent'],
    latitude: ['latitude', 'lat', 'address.latitude'],
    longitude: ['longitude', 'lng', 'lon', 'address.longitude'],
  },
  shipping: addressNames(['shipping', 'default']),
  billing: addressNames(['billing']),
  device: {
    country: ['device_country', '$device_country', 'location_country', 'context.location.country', 'location.country'],
    region: ['device_region', 'location_region', 'location.region'],
    state: ['device_state', 'location.state'],
    province: ['device_province', 'location.province'],
    county: ['device_county', 'location.county'],
    city: ['device_city', 'location_city', 'location.city'],
    postal_code: ['device_postal_code', 'location.postal_code'],
    continent: ['device_continent'],
    latitude: ['device_latitude', '$latitude', 'location.latitude'],
    longitude: ['device_longitude', '$longitude', 'location.longitude'],
  },
  ip: {
    country: ['$geoip_country_name', '$geoip_country_code'],
    region: ['$geoip_subdivision_1_name', '$geoip_subdivision_1_code'],
    state: ['$geoip_subdivision_1_name'],
    province: ['$geoip_subdivision_1_name'],
    county: ['$geoip_subdivision_2_name'],
    city: ['$geoip_city_name'],
    postal_code: ['$geoip_postal_code'],
    continent: ['$geoip_continent_name', '$geoip_continent_code'],
    latitude: ['$geoip_latitude'],
    longitude: ['$geoip_longitude'],
  },
}

/** `shipping_city`, and the address objects of Segment, Shopify (`default_address`) and WooCommerce (`shipping.postcode`). */
function addressNames(prefixes: readonly string[]): Record<PlacePart, readonly string[]> {
  const names = (...parts: string[]) => prefixes.flatMap((prefix) => parts.flatMap((part) => [`${prefix}_${part}`, `${prefix}_address.${part}`]))
  const [first = ''] = prefixes
  const own = (...parts: string[]) => parts.map((part) => `${first}.${part}`)
  return {
    country: [...names('country', 'country_code'), ...own('country')],
    region: [...names('region', 'state', 'province'), ...own('state')],
    state: [...names('state'), ...own('state')],
    province: names('province'),
    county: names('county'),
    city: [...names('city'), ...own('city')],
    postal_code: [...names('postal_code', 'zip', 'postcode'), ...own('postcode')],
    continent: names('continent'),
    latitude: names('latitude'),
    longitude: names('longitude'),
  }
}

const partLabels: Record<PlacePart, string> = {
  country: 'Country',
  region: 'Region',
  state: 'State',
  province: 'Province',
  county: 'County',
  city: 'City',
  postal_code: 'Postal code',
  continent: 'Continent',
  latitude: 'Latitude',
  longitude: 'Longitude',
}
const sourceWords: Record<LocationSource, string> = {
  declared: 'as declared',
  shipping: 'from shipping address',
  billing: 'from billing address',
  device: 'from device',
  ip: 'from IP address',
}

/** `country`, and `country_declared` to `country_ip`, and so on for each part. */
export const placeFields: readonly StandardField[] = placeParts.flatMap((part) => {
  const type = part === 'latitude' || part === 'longitude' ? 'number' : 'text'
  // A continent follows from the country too.
  const namesOf = (source: LocationSource) => [...placeNames[source][part], ...(part === 'continent' ? placeNames[source].country : [])]
  const field = (source: LocationSource | null): StandardField => ({
    key: source === null ? part : `${part}_${source}`,
    of: 'person',
    label: source === null ? partLabels[part] : `${partLabels[part]}, ${sourceWords[source]}`,
    kind: 'geographic',
    type,
    sources: source === null ? locationSources.flatMap(namesOf) : namesOf(source),
    reading: { as: 'place', part, source },
  })
  return [field(null), ...locationSources.map(field)]
})
