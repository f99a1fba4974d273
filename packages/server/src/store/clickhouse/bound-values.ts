import type { BoundValue } from '@kindred/engine'
import type { Session } from 'chdb'

/**
 * Binds values on a session, for the placeholders of the statement that follows there: they never stand in a question's own text. chDB's driver can bind as
 * well, but for the whole process: it therefore runs statements with values one after another, whichever their session, so that a long question holds up
 * every other.
 */
export async function bindValues(session: Session, params: Readonly<Record<string, BoundValue>>): Promise<void> {
  const bound = Object.entries(params).map(([name, value]) => `param_${name} = '${escaped(parameterText(value))}'`)
  if (bound.length > 0) await session.queryAsync(`set ${bound.join(', ')}`)
}

/** What the engine reads a parameter from: a field of tab-separated values, in which a list holds its texts in quotes. */
function parameterText(value: BoundValue): string {
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'object') return `[${value.map((each) => (typeof each === 'string' ? `'${escaped(each)}'` : String(each))).join(',')}]`
  return String(value)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\0': '\\0', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(text: string): string {
  return text.replaceAll(/[\\'\0\n\r\t]/g, (character) => escapes[character] ?? character)
}
