/** A city that customers of the demo shop live in. */
export interface Place {
  country: string
  countryName: string
  continent: string
  region: string
  city: string
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
  postcode: string,
  timezone: string,
  utcOffset: number,
  language: string,
  weight: number,
]

const delivered: PlaceRow[] = [
  ['IE', 'Ireland', 'Europe', 'Leinster', 'Dublin', 'D0# @@##', 'Europe/Dublin', 0, 'en-IE', 7],
  ['IE', 'Ireland', 'Europe', 'Munster', 'Cork', 'T12 @@##', 'Europe/Dublin', 0, 'en-IE', 2],
  ['GB', 'United Kingdom', 'Europe', 'England', 'London', 'E# #@@', 'Europe/London', 0, 'en-GB', 13],
  ['GB', 'United Kingdom', 'Europe', 'England', 'Manchester', 'M# #@@', 'Europe/London', 0, 'en-GB', 6],
  ['GB', 'United Kingdom', 'Europe', 'Scotland', 'Edinburgh', 'EH# #@@', 'Europe/London', 0, 'en-GB', 3],
  ['DE', 'Germany', 'Europe', 'Berlin', 'Berlin', '10###', 'Europe/Berlin', 1, 'de-DE', 9],
  ['DE', 'Germany', 'Europe', 'Bavaria', 'Munich', '80###', 'Europe/Berlin', 1, 'de-DE', 7],
  ['DE', 'Germany', 'Europe', 'Hamburg', 'Hamburg', '20###', 'Europe/Berlin', 1, 'de-DE', 4],
  ['FR', 'France', 'Europe', 'Île-de-France', 'Paris', '750##', 'Europe/Paris', 1, 'fr-FR', 9],
  ['FR', 'France', 'Europe', 'Auvergne-Rhône-Alpes', 'Lyon', '690##', 'Europe/Paris', 1, 'fr-FR', 4],
  ['NL', 'Netherlands', 'Europe', 'North Holland', 'Amsterdam', '10## @@', 'Europe/Amsterdam', 1, 'nl-NL', 5],
  ['ES', 'Spain', 'Europe', 'Madrid', 'Madrid', '280##', 'Europe/Madrid', 1, 'es-ES', 4],
  ['ES', 'Spain', 'Europe', 'Catalonia', 'Barcelona', '080##', 'Europe/Madrid', 1, 'es-ES', 3],
  ['IT', 'Italy', 'Europe', 'Lombardy', 'Milan', '201##', 'Europe/Rome', 1, 'it-IT', 5],
  ['SE', 'Sweden', 'Europe', 'Stockholm', 'Stockholm', '11# ##', 'Europe/Stockholm', 1, 'sv-SE', 3],
  ['AT', 'Austria', 'Europe', 'Tyrol', 'Innsbruck', '60##', 'Europe/Vienna', 1, 'de-AT', 2],
  ['CH', 'Switzerland', 'Europe', 'Zurich', 'Zurich', '80##', 'Europe/Zurich', 1, 'de-CH', 3],
  ['PL', 'Poland', 'Europe', 'Masovia', 'Warsaw', '0#-###', 'Europe/Warsaw', 1, 'pl-PL', 3],
  ['US', 'United States', 'North America', 'New York', 'New York', '100##', 'America/New_York', -5, 'en-US', 6],
  ['US', 'United States', 'North America', 'Colorado', 'Denver', '802##', 'America/Denver', -7, 'en-US', 3],
  ['US', 'United States', 'North America', 'California', 'San Francisco', '941##', 'America/Los_Angeles', -8, 'en-US', 4],
  ['CA', 'Canada', 'North America', 'Ontario', 'Toronto', 'M#@ #@#', 'America/Toronto', -5, 'en-CA', 3],
  ['CA', 'Canada', 'North America', 'Quebec', 'Montreal', 'H#@ #@#', 'America/Toronto', -5, 'fr-CA', 2],
]

const onlyLooking: PlaceRow[] = [
  ['BR', 'Brazil', 'South America', 'São Paulo', 'São Paulo', '0####-###', 'America/Sao_Paulo', -3, 'pt-BR', 5],
  ['IN', 'India', 'Asia', 'Maharashtra', 'Mumbai', '4000##', 'Asia/Kolkata', 5.5, 'en-IN', 5],
  ['IN', 'India', 'Asia', 'Karnataka', 'Bengaluru', '5600##', 'Asia/Kolkata', 5.5, 'en-IN', 4],
  ['AU', 'Australia', 'Oceania', 'New South Wales', 'Sydney', '20##', 'Australia/Sydney', 10, 'en-AU', 3],
  ['JP', 'Japan', 'Asia', 'Tokyo', 'Tokyo', '1##-####', 'Asia/Tokyo', 9, 'ja-JP', 2],
]

const toPlace =
  (delivers: boolean) =>
  (row: PlaceRow): Place => {
    const [country, countryName, continent, region, city, postcode, timezone, utcOffset, language, weight] = row
    const slowness = continent === 'Europe' ? 1 : continent === 'North America' ? 1.2 : 1.9
    return { country, countryName, continent, region, city, postcode, timezone, utcOffset, language, weight, delivered: delivers, slowness }
  }

export const places: readonly Place[] = [...delivered.map(toPlace(true)), ...onlyLooking.map(toPlace(false))]
