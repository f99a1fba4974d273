import type { SessionFact } from '@kindred/model'
import { type PropertySql, textProperty } from '../property.ts'
import { raw } from '../sql.ts'

/** A fact of a row of sessions as a value that operators read. */
export function factSql(fact: SessionFact): PropertySql {
  switch (fact) {
    case 'number':
    case 'pages':
    case 'events':
      return { ...textProperty(raw(`toString(${fact})`)), number: raw(`toFloat64(${fact})`), integer: raw(`toInt256(${fact})`) }
    case 'length':
      return { ...textProperty(raw('toString((ended - started) / 1000)')), number: raw('((ended - started) / 1000)') }
    case 'bounced':
      return textProperty(raw(`if(pages = 0, null, if(bounced, 'true', 'false'))`))
    default:
      return textProperty(raw(`nullIf(${fact}, '')`))
  }
}

/** The properties of events that facts holding their texts are read from: who may not see those may not see these. */
export const sessionFactSources: Partial<Record<SessionFact, readonly string[]>> = {
  entry_page: ['$pathname', '$current_url', '$screen_name'],
  exit_page: ['$pathname', '$current_url', '$screen_name'],
  landing_url: ['$current_url'],
  referrer: ['$referrer'],
  channel: ['$channel'],
  source: ['utm_source'],
  medium: ['utm_medium'],
  campaign: ['utm_campaign'],
  device: ['$device_type'],
  country: ['$geoip_country_name'],
}
