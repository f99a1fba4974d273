import { bind, render, sql } from '@kindred/engine'
import { barePostalCode, countryCodeNamed, englishCountryName, KindredError, type PostalCode, type PostalCodesOfCountry, postalArea } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** What is installed, by country in order of its code. */
export async function installedPostalCodes({ store }: Pick<Parts, 'store'>): Promise<PostalCodesOfCountry[]> {
  const rows = await store.query<{ country: string; codes: string; file: string; at: string }>(
    render(
      sql`select country_code as country, count() as codes, any(file) as file, toUnixTimestamp64Milli(any(installed_at)) as at from kindred.postal_codes group by country order by country`,
    ),
  )
  return rows.map(({ country, codes, file, at }) => ({ country, codes: Number(codes), file, installedAt: Number(at) }))
}

/** A postal code, or the area it belongs to where only that is known. Errors: `postal-codes/not-found`. */
export async function findPostalCode({ store }: Pick<Parts, 'store'>, named: string, code: string): Promise<PostalCode> {
  const country = countryCodeNamed(named)
  const missing = (reason: string) =>
    new KindredError('postal-codes/not-found', { country: country === undefined ? named : (englishCountryName(country) ?? named), reason })
  if (country === undefined) throw missing('this is no country that is known')
  if (!store.postalCountries().includes(country)) throw missing('none are installed')
  const bare = barePostalCode(code)
  const [found] = await store.query<PostalCode>(
    render(sql`select country_code as country, code, place, latitude, longitude from kindred.postal_codes
where country_code = ${bind('String', country)} and code in ${bind('Array(String)', [bare, postalArea(country, bare)])} order by length(code) desc limit 1`),
  )
  if (found === undefined) throw missing(`${code} is not among them`)
  return found
}
