import type { Area } from './condition/index.ts'

/** The day that the members of areas hold of. */
export const areasAsOf = '2026-01-01'

const europeanUnion = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'

/** Two-letter codes of the members. The Eurozone has Bulgaria since 2026-01-01, ASEAN has Timor-Leste since 2025-10-26. */
const members: Record<Area, string> = {
  EU: europeanUnion,
  EEA: `${europeanUnion} IS LI NO`,
  Eurozone: 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK',
  Nordics: 'DK FI IS NO SE AX FO GL',
  DACH: 'DE AT CH',
  Benelux: 'BE NL LU',
  'UK and Ireland': 'GB IE',
  'North America': 'US CA MX',
  'Latin America': 'AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE',
  'Middle East': 'AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE',
  ASEAN: 'BN ID KH LA MM MY PH SG TH TL VN',
  ANZ: 'AU NZ',
}

/** The two-letter codes of the countries of an area, by its members on `areasAsOf`. */
export function countriesOf(area: Area): readonly string[] {
  return members[area].split(' ')
}
