/** The countries of each continent, as GeoNames groups them (Cyprus, Turkey and the Caucasus in Asia; Russia in Europe). */
const byContinent = {
  Africa:
    'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  Antarctica: 'AQ BV GS HM TF',
  Asia: 'AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  Europe:
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  'North America': 'AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI',
  Oceania: 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  'South America': 'AR BO BR CL CO EC FK GF GY PE PY SR UY VE',
} as const

/** Countries whose people mostly live south of the equator, so that their winter is in July. */
const southern =
  'AO BI BW BV CD CG GA KM LS MG MU MW MZ NA RE RW SC SH SZ TZ YT ZA ZM ZW AQ GS HM TF CC CX ID IO TL AS AU CK FJ NC NF NR NU NZ PF PG PN SB TK TO TV VU WF WS AR BO BR CL EC FK PE PY UY'

const continents = new Map(Object.entries(byContinent).flatMap(([continent, codes]) => codes.split(' ').map((code) => [code, continent] as const)))
const englishNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The two-letter codes of all countries. */
export const countryCodes: readonly string[] = [...continents.keys()].sort()

/** The continent's English name; undefined for a code that is no country. */
export function continentOf(countryCode: string): string | undefined {
  return continents.get(countryCode)
}

/** The English name of a two-letter code, the same whoever calls it; undefined for a code that is none. */
export function englishCountryName(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined
  const known = namesByCode.get(code)
  if (known !== undefined) return known
  const name = englishNames.of(code)
  if (name !== undefined) namesByCode.set(code, name)
  return name
}
/** The platform takes longer to find a name than whoever asks may wait for thousands of them. */
const namesByCode = new Map<string, string>()

export function isSouthern(countryCode: string): boolean {
  return southernCodes.has(countryCode)
}
const southernCodes = new Set(southern.split(' '))

/** Other ways to write a country that shops and forms use, in upper case, with the code meant. */
export const countrySpellings: readonly (readonly [spelling: string, code: string])[] = [
  ['UK', 'GB'],
  ['GREAT BRITAIN', 'GB'],
  ['ENGLAND', 'GB'],
  ['SCOTLAND', 'GB'],
  ['WALES', 'GB'],
  ['GBR', 'GB'],
  ['USA', 'US'],
  ['U.S.', 'US'],
  ['U.S.A.', 'US'],
  ['UNITED STATES OF AMERICA', 'US'],
  ['IRL', 'IE'],
  ['REPUBLIC OF IRELAND', 'IE'],
  ['DEU', 'DE'],
  ['DEUTSCHLAND', 'DE'],
  ['FRA', 'FR'],
  ['ESP', 'ES'],
  ['ESPAÑA', 'ES'],
  ['ITA', 'IT'],
  ['ITALIA', 'IT'],
  ['NLD', 'NL'],
  ['THE NETHERLANDS', 'NL'],
  ['HOLLAND', 'NL'],
  ['AUT', 'AT'],
  ['ÖSTERREICH', 'AT'],
  ['CHE', 'CH'],
  ['CAN', 'CA'],
  ['AUS', 'AU'],
  ['TURKEY', 'TR'],
  ['CZECH REPUBLIC', 'CZ'],
  ['RUSSIAN FEDERATION', 'RU'],
  ['KOREA, REPUBLIC OF', 'KR'],
  ['VIET NAM', 'VN'],
]

/** The two-letter code that a text names: a code, an English name or another spelling, in any case; undefined for what is no country. */
export function countryCodeNamed(text: string): string | undefined {
  return codesByText.get(text.trim().toUpperCase())
}
const codesByText = new Map<string, string>([
  ...countryCodes.map((code) => [code, code] as const),
  ...countrySpellings,
  ...countryCodes.map((code) => [(englishCountryName(code) ?? code).toUpperCase(), code] as const),
])
