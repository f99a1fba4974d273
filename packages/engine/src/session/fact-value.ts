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
