import {
  type AddressOperator,
  beginningsOf,
  domainGrammar,
  hostAloneGrammar,
  internationalNumber,
  numberSpacing,
  operatorOf,
  pathAsked,
  pathBeginning,
  pathGrammar,
  positiveOf,
  queryGrammar,
  textPattern,
  textsOf,
} from '@kindred/model'
import { itemText, type PropertySql, quote } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import type { OperatorOn } from './items.ts'

type Of<Name extends AddressOperator['name']> = Extract<AddressOperator, { name: Name }>

/** E-mail addresses, URLs and telephone numbers, by the grammars of the model. NULL where the property has no text. */
export function addressOperator({ text }: PropertySql, operator: AddressOperator, on: OperatorOn): Sql {
  switch (operator.name) {
    case 'domainIs': {
      const wanted = textsOf(operator.operand)
      const domain = sql`extract(${text}, ${grammar(domainGrammar)})`
      return wanted.length === 0 ? raw('0') : sql`(notEmpty(${domain}) and match(${domain}, ${bind('String', textPattern(wanted, 'whole'))}))`
    }
    case 'pathIs':
    case 'pathStartsWith':
      return pathSql(text, operator)
    case 'queryParameter':
      return parameterSql(text, operator, on)
    case 'countryCodeIs':
      return countrySql(text, operator)
  }
}

function grammar(text: string): Sql {
  return raw(quote(text))
}

function pathSql(text: Sql, { name, operand, ignoringCase }: Of<'pathIs' | 'pathStartsWith'>): Sql {
  const whole = name === 'pathIs'
  const wanted = textsOf(operand).map(whole ? pathAsked : pathBeginning)
  if (wanted.length === 0) return raw('0')
  const bare = sql`replaceRegexpOne(extract(${text}, ${grammar(pathGrammar)}), '/+$', '')`
  const path = whole ? bare : sql`concat(${bare}, '/')`
  const met = ignoringCase
    ? sql`match(${path}, ${bind('String', textPattern(wanted, whole ? 'whole' : 'start'))})`
    : whole
      ? sql`${path} in ${bind('Array(String)', wanted)}`
      : sql`arrayExists(wanted -> startsWith(${path}, wanted), ${bind('Array(String)', wanted)})`
  // What has no path at all reads as '', as a host alone does, which is the root.
  return sql`((match(${text}, ${grammar(pathGrammar)}) or match(${text}, ${grammar(hostAloneGrammar)})) and ${met})`
}

function parameterSql(text: Sql, { operand }: Of<'queryParameter'>, on: OperatorOn): Sql {
  const { operator, negated } = positiveOf(operatorOf(operand))
  const pairs = sql`splitByChar('&', ifNull(extract(${text}, ${grammar(queryGrammar)}), ''))`
  const decoded = (part: string) => sql`decodeURLFormComponent(${raw(part)})`
  // Without '=' the whole is the name.
  const name = decoded(`if(position(pair, '=') = 0, pair, substring(pair, 1, position(pair, '=') - 1))`)
  const value = decoded(`if(position(pair, '=') = 0, '', substring(pair, position(pair, '=') + 1))`)
  const named = sql`arrayFilter(pair -> ${name} = ${bind('String', operand.name)}, ${pairs})`
  const met = sql`arrayExists(parameter -> isValidUTF8(parameter) and ${on(itemText(raw('parameter')), operator)}, arrayMap(pair -> ${value}, ${named}))`
  return negated ? sql`(isNull(${text}) or not ${met})` : met
}

/** A number of one of the countries begins as theirs do, and not as one of another country that has a longer beginning. */
function countrySql(text: Sql, { operand }: Of<'countryCodeIs'>): Sql {
  const { taken, left } = beginningsOf(textsOf(operand).map((each) => each.toUpperCase()))
  if (taken.length === 0) return raw('0')
  const number = sql`replaceRegexpAll(${text}, ${grammar(numberSpacing)}, '')`
  const begins = (codes: readonly string[]) => sql`match(${number}, ${bind('String', `^[+](?:${codes.join('|')})`)})`
  const others = left.length === 0 ? raw('') : sql` and not ${begins(left)}`
  return sql`(match(${number}, ${grammar(internationalNumber)}) and ${begins(taken)}${others})`
}
