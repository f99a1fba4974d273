import { RE2JS, RE2JSException } from 're2js'

/**
 * Patterns in the grammar of RE2, found anywhere in the text. `.` also matches a line's end, as it does in the store. Letters are
 * the same, ignoring case, by Unicode's simple case folding.
 */
export function compilePattern(pattern: string): { found: (text: string) => boolean } {
  const compiled = RE2JS.compile(pattern, RE2JS.DOTALL)
  return { found: (text) => compiled.matcher(text).find() }
}

/** What is wrong with a pattern, in the words of the pattern engine; null where nothing is. */
export function patternProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern, RE2JS.DOTALL)
    return null
  } catch (error) {
    if (error instanceof RE2JSException) return error.message
    throw error
  }
}

/** A pattern that finds one of the texts as it stands; with `ignoringCase`, in any case. */
export type Anchor = 'whole' | 'start' | 'end' | 'anywhere'

export function textPattern(texts: readonly string[], anchor: Anchor): string {
  const start = anchor === 'whole' || anchor === 'start' ? '^' : ''
  const end = anchor === 'whole' || anchor === 'end' ? '$' : ''
  return `(?i)${start}(?:${texts.map(escapePattern).join('|')})${end}`
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
