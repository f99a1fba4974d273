import { CsvRecords } from './csv-records.ts'

/** How a file is written, as its beginning shows. */
export interface TextForm {
  format: 'csv' | 'tsv' | 'jsonl'
  delimiter: string | null
  newline: '\n' | '\r'
}

const delimiters = [',', ';', '\t', '|'] as const
const recordsLookedAt = 100

/** What is given stands; the rest is found out from `sample`, the beginning of the text. */
export function sniff(sample: string, given: { format?: TextForm['format'] | undefined; delimiter?: string | undefined }): TextForm {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n'
  const format = given.format ?? (given.delimiter === undefined && /^\s*\{/.test(sample) ? 'jsonl' : undefined)
  if (format === 'jsonl') return { format, delimiter: null, newline }
  const delimiter = given.delimiter ?? (format === 'tsv' ? '\t' : guessDelimiter(sample, newline))
  return { format: delimiter === '\t' ? 'tsv' : 'csv', delimiter, newline }
}

/** The delimiter that cuts the most records into as many cells as the first one has; of equals, the one that makes more cells. */
function guessDelimiter(sample: string, newline: '\n' | '\r'): string {
  const scored = delimiters.map((delimiter) => {
    const widths: number[] = []
    for (const record of new CsvRecords({ delimiter, newline }).read(sample, true)) {
      if (record.raw.trim() !== '') widths.push('cells' in record ? record.cells.length : 0)
      if (widths.length === recordsLookedAt) break
    }
    // The last record of the sample is cut off, unless it is the only one.
    if (widths.length > 1 && widths.length < recordsLookedAt) widths.pop()
    const columns = widths[0] ?? 0
    return { delimiter, columns, share: columns < 2 ? 0 : widths.filter((width) => width === columns).length / widths.length }
  })
  const best = scored.reduce((a, b) => (b.share > a.share || (b.share === a.share && b.columns > a.columns) ? b : a))
  return best.delimiter
}
