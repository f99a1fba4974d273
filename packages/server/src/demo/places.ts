/** A city that customers of the demo shop live in. */
export interface Place {
  country: string
  countryName: string
  continent: string
  region: string
  city: string
  latitude: number
  longitude: number
  /** `#` stands for a digit, `@` for a letter. */
  postcode: string
  timezone: string
  /** Hours that the city's winter time is ahead of UTC: when people there are awake. */
  utcOffset: number
  language: string
  /** Visitors from here, relative to other cities. */
  weight: number
  /** False: the shop does not deliver there, so people look and never buy. */
  delivered: boolean
  /** How much longer pages take to load there. */
  slowness: number
}

type PlaceRow = [
  country: string,
  countryName: string,
  continent: string,
  region: string,
  city: string,
  at: [latitude: number, longitude: number],
  postcode: string,
  timezone: string,
  utcOffset: number,
  language: string,
  weight: number,
]

const delivered: PlaceRow[] = [
  ['IE', 'Ireland', 'Europe', 'Leinster', 'Dublin', [53.3331, -6.2489], 'D0# @@##', 'Europe/Dublin', 0, 'en-IE', 7],
  ['IE', 'Ireland', 'Europe', 'Munster', 'Cork', [51.898, -8.4706], 'T12 @@##', 'Europe/Dublin', 0, 'en-IE', 2],
  ['GB', 'United Kingdom', 'Europe', 'England', 'London', [51.5085, -0.1257], 'E# #@@', 'Europe/London', 0, 'en-GB', 13],
  ['GB', 'United Kingdom', 'Europe', 'England', 'Manchester', [53.4809, -2.2374], 'M# #@@', 'Europe/London', 0, 'en-GB', 6],
  ['GB', 'United Kingdom', 'Europe', 'Scotland', 'Edinburgh', [55.9521, -3.1965], 'EH# #@@', 'Europe/London', 0, 'en-GB', 3],
  ['DE', 'Germany', 'Europe', 'Berlin', 'Berlin', [52.5244, 13.4105], '10###', 'Europe/Berlin', 1, 'de-DE', 9],
  ['DE', 'Germany', 'Europe', 'Bavaria', 'Munich', [48.1374, 11.5755], '80###', 'Europe/Berlin', 1, 'de-DE', 7],
  ['DE', 'Germany', 'Europe', 'Hamburg', 'Hamburg', [53.5753, 10.0153], '20###', 'Europe/Berlin', 1, 'de-DE', 4],
  ['FR', 'France', 'Europe', 'Île-de-France', 'Paris', [48.8534, 2.3488], '750##', 'Europe/Paris', 1, 'fr-FR', 9],
  ['FR', 'France', 'Europe', 'Auvergne-Rhône-Alpes', 'Lyon', [45.7485, 4.8467], '690##', 'Europe/Paris', 1, 'fr-FR', 4],
  ['NL', 'Netherlands', 'Europe', 'North Holland', 'Amsterdam', [52.374, 4.8897], '10## @@', 'Europe/Amsterdam', 1, 'nl-NL', 5],
  ['ES', 'Spain', 'Europe', 'Madrid', 'Madrid', [40.4165, -3.7026], '280##', 'Europe/Madrid', 1, 'es-ES', 4],
  ['ES', 'Spain', 'Europe', 'Catalonia', 'Barcelona', [41.3888, 2.159], '080##', 'Europe/Madrid', 1, 'es-ES', 3],
  ['IT', 'Italy', 'Europe', 'Lombardy', 'Milan', [45.4643, 9.1895], '201##', 'Europe/Rome', 1, 'it-IT', 5],
  ['SE', 'Sweden', 'Europe', 'Stockholm', 'Stockholm', [59.3326, 18.0649], '11# ##', 'Europe/Stockholm', 1, 'sv-SE', 3],
  ['AT', 'Austria', 'Europe', 'Tyrol', 'Innsbruck', [47.2627, 11.3945], '60##', 'Europe/Vienna', 1, 'de-AT', 2],
  ['CH', 'Switzerland', 'Europe', 'Zurich', 'Zurich', [47.3667, 8.55], '80##', 'Europe/Zurich', 1, 'de-CH', 3],
  ['PL', 'Poland', 'Europe', 'Masovia', 'Warsaw', [52.2298, 21.0118], '0#-###', 'Europe/Warsaw', 1, 'pl-PL', 3],
  ['US', 'United States', 'North America', 'New York', 'New York', [40.7143, -74.006], '100##', 'America/New_York', -5, 'en-US', 6],
  ['US', 'United States', 'North America', 'Colorado', 'Denver', [39.7392, -104.9847], '802##', 'America/Denver', -7, 'en-US', 3],
  ['US', 'United States', 'North America', 'California', 'San Francisco', [37.7749, -122.4194], '941##', 'America/Los_Angeles', -8, 'en-US', 4],
  ['CA', 'Canada', 'North America', 'Ontario', 'Toronto', [43.7064, -79.3986], 'M#@ #@#', 'America/Toronto', -5, 'en-CA', 3],
  ['CA', 'Canada', 'North America', 'Quebec', 'Montreal', [45.5088, -73.5878], 'H#@ #@#', 'America/Toronto', -5, 'fr-CA', 2],
]

const onlyLooking: PlaceRow[] = [
  ['BR', 'Brazil', 'South America', 'São Paulo', 'São Paulo', [-23.5475, -46.6361], '0####-###', 'America/Sao_Paulo', -3, 'pt-BR', 5],
  ['IN', 'India', 'Asia', 'Maharashtra', 'Mumbai', [19.0728, 72.8826], '4000##', 'Asia/Kolkata', 5.5, 'en-IN', 5],
  ['IN', 'India', 'Asia', 'Karnataka', 'Bengaluru', [12.9719, 77.5937], '5600##', 'Asia/Kolkata', 5.5, 'en-IN', 4],
  ['AU', 'Australia', 'Oceania', 'New South Wales', 'Sydney', [-33.8679, 151.2073], '20##', 'Australia/Sydney', 10, 'en-AU', 3],
  ['JP', 'Japan', 'Asia', 'Tokyo', 'Tokyo', [35.6895, 139.6917], '1##-####', 'Asia/Tokyo', 9, 'ja-JP', 2],
]

const toPlace =
  (delivers: boolean) =>
  (row: PlaceRow): Place => {
    const [country, countryName, continent, region, city, [latitude, longitude], postcode, timezone, utcOffset, language, weight] = row
    const slowness = continent === 'Europe' ? 1 : continent === 'North America' ? 1.2 : 1.9
    return {
      country,
      countryName,
      continent,
      region,
      city,
      latitude,
      longitude,
      postcode,
      timezone,
      utcOffset,
      language,
      weight,
      delivered: delivers,
      slowness,
    }
  }

export const places: readonly Place[] = [...delivered.map(toPlace(true)), ...onlyLooking.map(toPlace(false))]
