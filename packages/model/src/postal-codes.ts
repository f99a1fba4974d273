import { z } from 'zod'

/** How postal codes are compared: in capitals, without spaces and hyphens. `d02 x285` is `D02X285`. */
export function barePostalCode(code: string): string {
  return code.replace(/[ -]/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/**
 * How many characters of a whole postal code name the area it belongs to, by country and length: free tables of these countries hold the areas
 * alone. `SW1A 1AA` is of the area `SW1A`, `90210-1234` of `90210`.
 */
export const postalAreaLengths: Readonly<Record<string, number>> = {
  ...britain('GB'),
  ...britain('GG'),
  ...britain('IM'),
  ...britain('JE'),
  BR8: 5,
  CA6: 3,
  IE7: 3,
  MT7: 3,
  NL6: 4,
  PT7: 4,
  US9: 5,
}

/** The last three of five to seven say which street. */
function britain(country: string): Record<string, number> {
  return { [`${country}5`]: 2, [`${country}6`]: 3, [`${country}7`]: 4 }
}

/** The area of a bare postal code; '' where it is an area itself, or its country has no areas. */
export function postalArea(country: string, bare: string): string {
  return bare.slice(0, postalAreaLengths[`${country}${bare.length}`] ?? 0)
}

/** The postal codes of one country that are installed. */
export const postalCodesOfCountryReply = z.strictObject({
  /** Two letters. */
  country: z.string(),
  codes: z.number().int(),
  /** The name of the file they came from. */
  file: z.string(),
  /** Epoch milliseconds. */
  installedAt: z.number().int(),
})
export type PostalCodesOfCountry = z.infer<typeof postalCodesOfCountryReply>

export const postalCodesReply = z.strictObject({ countries: z.array(postalCodesOfCountryReply) })
export type PostalCodes = z.infer<typeof postalCodesReply>

/** What became of a file. */
export const postalCodesInstalledReply = z.strictObject({
  lines: z.number().int(),
  /** Lines that could not be read. */
  rejected: z.number().int(),
  /** The first hundred of them. */
  rejects: z.array(z.strictObject({ line: z.number().int(), reason: z.string() })),
  /** The countries that the file tells of, as they are now. */
  countries: z.array(postalCodesOfCountryReply),
})
export type PostalCodesInstalled = z.infer<typeof postalCodesInstalledReply>

export const postalCodeReply = z.strictObject({
  country: z.string(),
  /** As it is in the table: of a whole code its area, where only that is known. */
  code: z.string(),
  /** '' where the table does not tell it. */
  place: z.string(),
  latitude: z.number(),
  longitude: z.number(),
})
export type PostalCode = z.infer<typeof postalCodeReply>
