/** One record of delimited text, or what is wrong with it. */
export type CsvRecord = { line: number; raw: string; cells: string[] } | { line: number; raw: string; problem: string }

export interface CsvForm {
  /** One character. A space stands for any run of spaces. */
  delimiter: string
  newline: '\n' | '\r'
}

/** A record may be this long, in characters, line breaks inside quotes included. It bounds what a quote that never closes can swallow. */
const longestRecord = 1024 * 1024
const shownOfLongLine = 2000

/**
 * Cuts delimited text (RFC 4180) into records, a chunk at a time. A broken record costs its first line only: reading goes on with the line
 * after it, even where a quote is opened and never closed. That, and being five times as fast on files of hundreds of thousands of lines, is
 * why this is not csv-parse, which loses the rest of the file.
 */
export class CsvRecords {
  readonly #form: CsvForm
  #rest = ''
  #line = 1
  /** Inside a line that was too long: the rest of it is left out. */
  #skipping = false

  constructor(form: CsvForm) {
    this.#form = form
  }

  /** The records that are whole once `text` has been added; `last`: there is no more. */
  *read(text: string, last: boolean): Generator<CsvRecord> {
    const buffer = this.#rest + text
    let at = this.#skipping ? this.#skipLine(buffer) : 0
    while (at < buffer.length) {
      const found = buffer.indexOf(this.#form.newline, at)
      const tooLong = (found < 0 ? buffer.length : found) - at > longestRecord
      if (found < 0 && !last && !tooLong) break
      if (tooLong) {
        yield { line: this.#line, raw: buffer.slice(at, at + shownOfLongLine), problem: 'the line is longer than a million characters' }
        this.#skipping = true
        at = this.#skipLine(buffer, at)
        continue
      }
      const end = found < 0 ? buffer.length : found
      const read = this.#record(buffer, { at, end, last })
      if (read === 'wait') break
      yield read.record
      at = read.next
    }
    this.#rest = last ? '' : buffer.slice(at)
  }

  /** The record that begins at `at`, whose first line ends at `end`; 'wait' where its end has not come yet. */
  #record(buffer: string, { at, end, last }: { at: number; end: number; last: boolean }): { record: CsvRecord; next: number } | 'wait' {
    const line = this.#line
    const raw = withoutReturn(buffer.slice(at, end))
    const { delimiter } = this.#form
    if (delimiter === ' ') return this.#took({ line, raw, cells: raw.trim().split(/ +/) }, end)
    if (!raw.includes('"')) return this.#took({ line, raw, cells: raw.split(delimiter) }, end)
    const quoted = readQuoted(buffer, at, this.#form)
    // At the end of the buffer a quote may be the first half of a doubled one, so even a record that looks whole waits there.
    const unfinished = quoted === 'open' || (quoted !== 'stray' && quoted.end === buffer.length && !last)
    if (unfinished && !last && buffer.length - at <= longestRecord) return 'wait'
    if (quoted === 'stray') return this.#took({ line, raw, problem: 'a quote inside a quoted cell is not doubled' }, end)
    if (quoted === 'open' || unfinished) return this.#took({ line, raw, problem: 'a quote is opened and never closed' }, end)
    return this.#took({ line, raw: withoutReturn(buffer.slice(at, quoted.end)), cells: quoted.cells }, quoted.end)
  }

  #took(record: CsvRecord, end: number): { record: CsvRecord; next: number } {
    this.#line += 'problem' in record ? 1 : 1 + linesWithin(record.raw, this.#form.newline)
    return { record, next: end + 1 }
  }

  /** Where the line after the one being left out begins. */
  #skipLine(buffer: string, from = 0): number {
    const end = buffer.indexOf(this.#form.newline, from)
    if (end < 0) return buffer.length
    this.#skipping = false
    this.#line++
    return end + 1
  }
}

const quote = 34

/** The cells from `start` to the end of the record, 'open' where a quote has no end in `text`, 'stray' where text follows a closing quote. */
function readQuoted(text: string, start: number, { delimiter, newline }: CsvForm): { cells: string[]; end: number } | 'open' | 'stray' {
  const cells: string[] = []
  let at = start
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      const cell = readQuotedCell(text, at + 1)
      if (cell === 'open') return 'open'
      cells.push(cell.value)
      at = cell.end
      if (text[at] === '\r' && (at + 1 === text.length || text[at + 1] === newline)) at++
    } else {
      const from = at
      while (at < text.length && text[at] !== delimiter && text[at] !== newline) at++
      const atEnd = at === text.length || text[at] === newline
      cells.push(atEnd ? withoutReturn(text.slice(from, at)) : text.slice(from, at))
    }
    if (at === text.length || text[at] === newline) return { cells, end: at }
    if (text[at] !== delimiter) return 'stray'
    at++
  }
}

function readQuotedCell(text: string, start: number): { value: string; end: number } | 'open' {
  let value = ''
  let from = start
  for (;;) {
    const end = text.indexOf('"', from)
    if (end < 0) return 'open'
    if (text.charCodeAt(end + 1) !== quote) return { value: value + text.slice(from, end), end: end + 1 }
    value += text.slice(from, end + 1)
    from = end + 2
  }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

function linesWithin(text: string, newline: string): number {
  let lines = 0
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) lines++
  return lines
}
