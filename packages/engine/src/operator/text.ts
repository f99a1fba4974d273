import { type Anchor, numberOf, type TextOperator, textPattern, textsOf } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'

const anchors = { is: 'whole', contains: 'anywhere', startsWith: 'start', endsWith: 'end' } as const satisfies Record<string, Anchor>

/** Text against texts (any of them), a pattern, or a length in code points. NULL where the property has no text. */
export function textOperator({ text, string }: PropertySql, operator: TextOperator): Sql {
  switch (operator.name) {
    case 'matches':
      return sql`match(${text}, ${bind('String', operator.ignoringCase ? `(?i)${operator.operand}` : operator.operand)})`
    case 'longerThan':
      return sql`lengthUTF8(${text}) > ${bind('UInt64', operator.operand)}`
    case 'shorterThan':
      return sql`lengthUTF8(${text}) < ${bind('UInt64', operator.operand)}`
    default: {
      const texts = textsOf(operator.operand)
      if (texts.length === 0) return raw('0')
      return operator.ignoringCase
        ? sql`match(${text}, ${bind('String', textPattern(texts, anchors[operator.name]))})`
        : anyText(operator.name === 'is' && texts.every(isOnlyText) ? string : text, operator.name, texts)
    }
  }
}

function anyText(text: Sql, name: keyof typeof anchors, texts: readonly string[]): Sql {
  const [only] = texts
  const one = only !== undefined && texts.length === 1
  if (name === 'is') return one ? sql`${text} = ${bind('String', only)}` : sql`${text} in ${bind('Array(String)', texts)}`
  const test = (wanted: Sql): Sql => {
    if (name === 'contains') return sql`position(${text}, ${wanted}) > 0`
    return name === 'startsWith' ? sql`startsWith(${text}, ${wanted})` : sql`endsWith(${text}, ${wanted})`
  }
  return one ? test(bind('String', only)) : sql`arrayExists(wanted -> ifNull(${test(raw('wanted'))}, 0), ${bind('Array(String)', texts)})`
}

/** Whether no number and no boolean reads as this text. */
function isOnlyText(text: string): boolean {
  return text !== '' && text !== 'true' && text !== 'false' && numberOf(text) === null
}
