import { isUtf8 } from 'node:buffer'

type Encoding = 'unknown' | 'utf-8' | 'windows-1252' | 'utf-16'

const looksAt = 512
const mostly = 0.6
/** Below the tab stand only signs that no text holds. */
const firstOfText = 9
const rarely = 0.1
/** What stands at 0x80–0x9f in windows-1252; the five unused places keep their control character, as browsers do. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * Bytes to text, a chunk at a time. The encoding is told by a byte order mark, else it is UTF-8; where the first bytes beyond ASCII are not UTF-8,
 * the file is read as windows-1252 and a note says so. Broken bytes in a file that is UTF-8 otherwise become U+FFFD, for the row to be rejected.
 */
export class TextDecoding {
  #encoding: Encoding = 'unknown'
  #rest: Buffer = Buffer.alloc(0)
  #utf16: TextDecoder | undefined
  #started = false
  /** Set once U+FFFD in the text stands for broken bytes. */
  broken = false

  get note(): string | null {
    if (this.#encoding === 'utf-16') return 'The file is encoded in UTF-16.'
    return this.#encoding === 'windows-1252' ? 'The file is not valid UTF-8, so it is read as windows-1252 (Western European).' : null
  }

  decode(chunk: Buffer, last: boolean): string {
    if (!this.#started) return this.#first(Buffer.concat([this.#rest, chunk]), last)
    if (this.#utf16 !== undefined) return this.#utf16.decode(chunk, { stream: !last })
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const whole = last ? bytes.length : wholeLength(bytes)
    this.#rest = bytes.subarray(whole)
    return this.#text(bytes.subarray(0, whole))
  }

  #first(bytes: Buffer, last: boolean): string {
    this.#rest = bytes
    if (bytes.length < 3 && !last) return ''
    this.#started = true
    this.#rest = Buffer.alloc(0)
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.#encoding = 'utf-8'
      return this.decode(bytes.subarray(3), last)
    }
    const wide = wideEncoding(bytes)
    if (wide !== null) {
      this.#encoding = 'utf-16'
      this.#utf16 = new TextDecoder(wide)
    }
    return this.decode(bytes, last)
  }

  #text(bytes: Buffer): string {
    if (this.#encoding === 'windows-1252') return western(bytes)
    if (isUtf8(bytes)) {
      const text = bytes.toString('utf8')
      if (this.#encoding === 'unknown' && text.length !== bytes.length) this.#encoding = 'utf-8'
      return text
    }
    const text = bytes.toString('utf8')
    if (this.#encoding === 'unknown') {
      const broken = text.split('\ufffd').length - 1
      const beyondAscii = text.match(/[^\0-\x7f]/gu)?.length ?? 0
      this.#encoding = broken * 2 > beyondAscii ? 'windows-1252' : 'utf-8'
      if (this.#encoding === 'windows-1252') return western(bytes)
    }
    this.broken = true
    return text
  }
}

/** UTF-16 by its mark or, without one, by the NUL that every second byte of western text is. */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, looksAt)
  const nuls = [0, 0]
  for (const [place, byte] of head.entries()) {
    if (byte === 0) nuls[place % 2] = (nuls[place % 2] ?? 0) + 1
    else if (byte < firstOfText) return null
  }
  const [first = 0, second = 0] = nuls
  const half = head.length / 2
  if (second > half * mostly && first < half * rarely) return 'utf-16le'
  return first > half * mostly && second < half * rarely ? 'utf-16be' : null
}

function western(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => high[character.charCodeAt(0) - 0x80] ?? character)
}

/** How many of the bytes stand before a character that is cut off at the end. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
