/**
 * The parts of an e-mail address and of a URL. The grammars are RE2 text, because the engine reads by the very same. A text without a scheme is
 * read as a host (`shop.example.com/cart`); its path and its parameters are read only where it is a URL or begins with its path.
 */

const host = '[^ \\t\\r\\n/?#:@<>"\\[\\]]+'
/** Finds, as its one group, the domain of an e-mail address, of a URL or of a host. */
export const domainGrammar = `^(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?(?:[^/?#]*@)?(${host}?)[.]?(?::[0-9]*)?(?:[/?#]|$)`
/** What a text must begin like to have a path and parameters. */
export const urlGrammar = '^(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?'
export const pathGrammar = `${urlGrammar}(/[^?#]*)`
/** A URL without a path has the path `/`. */
export const hostAloneGrammar = '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*(?:[?#]|$)'
export const queryGrammar = `${urlGrammar}(?:/[^?#]*)?[?]([^#]*)`

const domain = new RegExp(domainGrammar)
const path = new RegExp(pathGrammar)
const hostAlone = new RegExp(hostAloneGrammar)
const query = new RegExp(queryGrammar)

/** As it is written; null where the text is neither an address, nor a URL, nor a host. */
export function domainOf(text: string): string | null {
  return domain.exec(text)?.[1] ?? null
}

/** Without slashes at its end; '' is the root. null where the text is no URL. */
export function pathOfUrl(text: string): string | null {
  if (hostAlone.test(text)) return ''
  const found = path.exec(text)?.[1]
  return found === undefined ? null : withoutSlashes(found)
}

/** A path that was asked for, as `pathOfUrl` gives them: `pricing/` is `/pricing`. */
export function pathAsked(asked: string): string {
  return withoutSlashes(asked.startsWith('/') ? asked : `/${asked}`)
}

/** What a path must begin with, where each ends in one slash: `/blog/` begins `/blog` and `/blog/2026`, not `/blogs`. */
export function pathBeginning(asked: string): string {
  return asked.startsWith('/') ? asked : `/${asked}`
}

function withoutSlashes(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '/') end--
  return text.slice(0, end)
}

/** The values of a parameter of the URL, decoded, in their order; those that are not UTF-8 are left out. */
export function queryParameters(text: string, name: string): string[] {
  const found = query.exec(text)?.[1]
  if (found === undefined) return []
  return found.split('&').flatMap((pair) => {
    const at = pair.indexOf('=')
    const [key, value] = at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    const decoded = decode(value)
    return decode(key) === name && decoded !== null ? [decoded] : []
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `+` is a space and `%41` a byte; a `%` that no two hexadecimal digits follow stands for itself. null where the bytes are not UTF-8. */
function decode(text: string): string | null {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (const [part] of text.matchAll(/%[0-9A-Fa-f]{2}|[^%]+|%/g)) {
    if (part.length === 3 && part.startsWith('%')) bytes.push(Number.parseInt(part.slice(1), 16))
    else bytes.push(...encoder.encode(part.replaceAll('+', ' ')))
  }
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}
