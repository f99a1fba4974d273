/** Records of RFC 4180 text, the first line being their names. Written for the tests, so that they do not read files with the product's own reader. */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...lines] = cells(text.replace(/^\uFEFF/, ''))
  return lines.map((line) => Object.fromEntries(names.map((name, index) => [name, line[index] ?? ''])))
}

function cells(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (const [whole, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (whole === '' && line.length === 0) break
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  return lines
}
