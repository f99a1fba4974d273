import { type StandardField, standardFieldNamed } from '@kindred/model'
import { join, raw, type Sql, sql } from '../sql.ts'
import { ageGroupSql, ageSql, birthDateSql } from './age.ts'
import { climateSeasonSql, countryCodeSql, countryNameSql, placeSql } from './place.ts'
import { firstText, orNothing, pathOf, type RawReader, renamed } from './reader.ts'

/** Nullable(String); of numbers a Nullable of a numeric type; of lists an Array(String). */
export interface StandardValue {
  type: 'text' | 'number' | 'list'
  value: Sql
}

const genders: [string, string][] = [
  ['f', 'female'],
  ['w', 'female'],
  ['woman', 'female'],
  ['m', 'male'],
  ['man', 'male'],
  ['nb', 'non-binary'],
  ['nonbinary', 'non-binary'],
  ['non binary', 'non-binary'],
  ['d', 'other'],
  ['x', 'other'],
]

const languageCodes =
  'aa ab af ak am ar as ay az ba be bg bn bo br bs ca ce co cs cy da de dz ee el en eo es et eu fa fi fj fo fr fy ga gd gl gn gu ha he hi hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no oc om or pa pl ps pt rm rn ro ru rw sd se sg si sk sl sm sn so sq sr su sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz vi wo xh yi yo zh zu'.split(
    ' ',
  )
const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const languagesByText = languageCodes.flatMap((code): [string, string][] => {
  const name = languageNames.of(code) ?? code
  return [
    [code, name],
    [name.toLowerCase(), name],
  ]
})

/** What a standard field holds for the row that `reader` reads from: the surest of its sources, in one form. */
export function standardValue(field: StandardField, reader: RawReader): StandardValue {
  const { reading, sources } = field
  const text = firstText(sources, reader)
  switch (reading?.as) {
    case undefined:
      if (field.type === 'list') return { type: 'list', value: firstList(sources, reader) }
      return { type: 'text', value: orNothing(text) }
    case 'place':
      return { type: field.type === 'number' ? 'number' : 'text', value: placeSql(reading.part, reading.source, reader) }
    case 'age':
      return { type: 'number', value: ageSql(reader) }
    case 'age-group':
      return { type: 'text', value: ageGroupSql(reader) }
    case 'birth-date':
      return { type: 'text', value: birthDateSql(reader) }
    case 'climate-season':
      return { type: 'text', value: climateSeasonSql(reader) }
    case 'country-code':
      return { type: 'text', value: countryCodeSql(reader) }
    case 'country':
      return { type: 'text', value: orNothing(countryNameSql(text)) }
    case 'domain':
      return { type: 'text', value: orNothing(domainSql(text)) }
    case 'email':
      return { type: 'text', value: orNothing(sql`lowerUTF8(${text})`) }
    case 'gender':
      return { type: 'text', value: orNothing(renamed(sql`lowerUTF8(${text})`, genders, sql`lowerUTF8(${text})`)) }
    case 'language':
      return { type: 'text', value: orNothing(languageSql(text)) }
    case 'name':
      return { type: 'text', value: nameSql(text, reader) }
  }
}

/** `https://www.Acme.com/about` and `acme.com` are one company's. */
function domainSql(text: Sql): Sql {
  return sql`replaceRegexpOne(lowerUTF8(${text}), ${raw(String.raw`'^(?:[a-z][a-z0-9+.-]*://)?(?:www[.])?([^/:?#]*).*$', '\1'`)})`
}

/** `en-US`, `en_GB` and `English` are English. */
function languageSql(text: Sql): Sql {
  const bare = sql`lowerUTF8(if(match(${text}, '^[A-Za-z]{2,3}[-_]'), extract(${text}, '^[A-Za-z]+'), ${text}))`
  return renamed(bare, languagesByText, text)
}

/** The whole name, else the first and the last name. */
function nameSql(text: Sql, reader: RawReader): Sql {
  const part = (key: string) => firstText(standardFieldNamed(`standard.${key}`)?.sources ?? [], reader)
  return sql`coalesce(${orNothing(text)}, ${orNothing(sql`trim(concat(${part('first_name')}, ' ', ${part('last_name')}))`)})`
}

function firstList(sources: readonly string[], reader: RawReader): Sql {
  const lists = sources
    .map(pathOf)
    .filter((path) => reader.has(path))
    .map((path) => reader.list(path))
  return lists.length === 0 ? raw('emptyArrayString()') : sql`arrayFirst(l -> notEmpty(l), [${join(lists, ', ')}])`
}
