import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRecords } from '../../src/capture/import/csv-records.ts'
import { readFile } from './read-file.ts'

const cells = (rows: { cells: readonly unknown[] }[]) => rows.map((row) => row.cells)

test('quotes, doubled quotes, delimiters and line breaks inside quotes', async () => {
  const { columns, rows } = await readFile('a,b\r\n"1,2","say ""hi"""\r\n"two\r\nlines",x\r\n,""\r\n')
  expect(columns).toEqual(['a', 'b'])
  expect(cells(rows)).toEqual([
    ['1,2', 'say "hi"'],
    ['two\r\nlines', 'x'],
    ['', ''],
  ])
  expect(rows.map((row) => row.line)).toEqual([2, 3, 5])
})

test.each([
  [';', 'a;b\n1,5;2\n3;4\n'],
  ['\t', 'a\tb\nx, y\t1\nz\t2\n'],
  ['|', 'a|b|c\n1|2|3\n'],
  [',', '"a;x",b\n1;,2\n'],
  [',', 'only\nyes\n'],
])('finds the delimiter %j', async (delimiter, text) => {
  expect((await readFile(text)).delimiter).toBe(delimiter)
})

test('a space as delimiter reads runs of spaces, and columns can be named where the file does not', async () => {
  const { rows } = await readFile(' 00004 0001 19970101  2   29.33\n 00021 0002 19970101  3   63.34\n', {
    delimiter: ' ',
    columns: ['id', 'n', 'day', 'cds', 'amount'],
  })
  expect(cells(rows)).toEqual([
    ['00004', '0001', '19970101', '2', '29.33'],
    ['00021', '0002', '19970101', '3', '63.34'],
  ])
})

test.each(['\n', '\r\n', '\r'])('line ends %j, with and without one at the end of the file', async (end) => {
  for (const last of [end, ''])
    expect(cells((await readFile(`a,b${end}1,2${end}"3",4${last}`)).rows)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
})

test('gzip is known by its first bytes, whatever the name', async () => {
  expect(cells((await readFile(gzipSync('a,b\n1,2\n'))).rows)).toEqual([['1', '2']])
})

test('a cut off gzip file is an error that says so', async () => {
  const whole = gzipSync(`a,b\n${Array.from({ length: 5000 }, (_, index) => `${index},${Math.random()}`).join('\n')}`)
  await expect(readFile(whole.subarray(0, whole.length - 2000))).rejects.toThrow(/gzip data is broken or cut off/)
})

describe('encodings', () => {
  test('a byte order mark is no part of the first column', async () => {
    expect((await readFile('\ufeffa,b\n1,2\n')).columns).toEqual(['a', 'b'])
  })
  test('UTF-16 as spreadsheets write it', async () => {
    const { rows, notes } = await readFile(Buffer.from('\ufeffa\tb\nZoë\t2\n', 'utf16le'))
    expect(cells(rows)).toEqual([['Zoë', '2']])
    expect(notes).toEqual(['The file is encoded in UTF-16.'])
    for (const bytes of [Buffer.from('name,n\nZoë,2\n', 'utf16le'), Buffer.from('name,n\nZoë,2\n', 'utf16le').swap16()])
      expect(cells((await readFile(bytes)).rows)).toEqual([['Zoë', '2']])
  })
  test('windows-1252, said in a note', async () => {
    const { rows, notes, bad } = await readFile(Buffer.from([...Buffer.from('name,price\nZo'), 0xeb, ...Buffer.from(',5 '), 0x80, 0x0a]))
    expect(cells(rows)).toEqual([['Zoë', '5 €']])
    expect(bad).toEqual([])
    expect(notes[0]).toMatch(/windows-1252/)
  })
  test('broken bytes in a file that is UTF-8 cost their row only', async () => {
    const text = Buffer.from('name\nZoë\nMüller\nX?\nJosé\n')
    text[text.indexOf('?')] = 0xff
    const { rows, bad, notes } = await readFile(text)
    expect(cells(rows)).toEqual([['Zoë'], ['Müller'], ['José']])
    expect(bad).toMatchObject([{ line: 4, reason: 'the row holds bytes that are not UTF-8' }])
    expect(notes).toEqual([])
  })
  test('characters cut by the end of a chunk stay whole', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `${'€🙂é'.repeat(3)}${index}`)
    const { rows, bad } = await readFile(`name\n${names.join('\n')}\n`)
    expect(bad).toEqual([])
    expect(rows.map((row) => row.cells[0])).toEqual(names)
  })
})

describe('bad rows cost themselves only', () => {
  test('too few cells, too many cells; empty cells too many are forgiven', async () => {
    const { rows, bad } = await readFile('a,b\n1\n1,2,3\n1,2,,\n\n5,6\n')
    expect(cells(rows)).toEqual([
      ['1', '2'],
      ['5', '6'],
    ])
    expect(bad.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'the row has 1 cells where 2 columns are named'],
      [3, 'the row has 3 cells where 2 columns are named'],
    ])
  })
  test('a quote that never closes', async () => {
    const { rows, bad } = await readFile('a,b\n1,"open\n2,x\n3,y\n')
    expect(cells(rows)).toEqual([
      ['2', 'x'],
      ['3', 'y'],
    ])
    expect(bad).toMatchObject([{ line: 2, reason: 'a quote is opened and never closed', raw: '1,"open' }])
  })
  test('a quote that never closes in a file far larger than a record may be', async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `${index},some text`)
    lines[100] = '100,"open'
    const { rows, bad } = await readFile(`a,b\n${lines.join('\n')}\n`)
    expect(rows).toHaveLength(199_999)
    expect(rows.at(-1)).toMatchObject({ line: 200_001, cells: ['199999', 'some text'] })
    expect(bad).toMatchObject([{ line: 102 }])
  })
  test('text after a closing quote', async () => {
    const { rows, bad } = await readFile('a,b\n"5" screen",x\n2,y\n')
    expect(cells(rows)).toEqual([['2', 'y']])
    expect(bad).toMatchObject([{ line: 2, reason: 'a quote inside a quoted cell is not doubled' }])
  })
  test('a quote inside an unquoted cell is text', async () => {
    expect(cells((await readFile('a,b\n5" screen,"x"\n')).rows)).toEqual([['5" screen', 'x']])
  })
  test('one line of 10 MB, in the middle and as the whole file', async () => {
    const long = 'x'.repeat(10 * 1024 * 1024)
    const { rows, bad } = await readFile(`a,b\n1,2\n${long}\n3,4\n`)
    expect(cells(rows)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(rows.map((row) => row.line)).toEqual([2, 4])
    expect(bad).toMatchObject([{ line: 3, reason: 'the line is longer than a million characters' }])
    expect(bad[0]?.raw.length).toBeLessThan(5000)
    await expect(readFile(long)).rejects.toThrow(/longer than a million/)
  })
})

test('empty, header only, and what is no text', async () => {
  await expect(readFile('')).rejects.toThrow('it is empty')
  await expect(readFile('\n \n')).rejects.toThrow('there is no text in it')
  await expect(readFile(gzipSync(''))).rejects.toThrow('there is no text in it')
  await expect(readFile(Buffer.from('PK\u0003\u0004rest'))).rejects.toThrow(/Excel/)
  await expect(readFile(Buffer.from([1, 0, 2, 0]))).rejects.toThrow('not a text file')
  await expect(readFile(Buffer.from('E$w\u001f,\u0008q\nå,ß\n'))).rejects.toThrow('not a text file')
  expect(await readFile('a,b\n')).toMatchObject({ columns: ['a', 'b'], rows: [], bad: [] })
})

test('columns of one name or none are told apart, and a note says so', async () => {
  const { columns, notes } = await readFile('id,name,,name,name\n1,2,3,4,5\n')
  expect(columns).toEqual(['id', 'name', 'column 3', 'name 2', 'name 3'])
  expect(notes).toHaveLength(2)
})

describe('JSON lines', () => {
  test('objects, nested values by path, and lines that are none', async () => {
    const { rows, bad } = await readFile('{"a":{"b":1},"c":"x"}\n[1]\n\n{"a": oops}\n{"c":true}\n', { jsonColumns: ['a.b', 'c'] })
    expect(cells(rows)).toEqual([
      [1, 'x'],
      [null, true],
    ])
    expect(bad.map(({ line }) => line)).toEqual([2, 4])
  })
  test('ids longer than a double holds keep every digit', async () => {
    expect(cells((await readFile('{"id":12345678901234567891,"price":1.10}\n')).rows)).toEqual([['12345678901234567891', 1.1]])
  })
  test('keys of prototypes are keys', async () => {
    expect(cells((await readFile('{"__proto__":"x","constructor":"y"}\n', { jsonColumns: ['__proto__', 'constructor', 'toString'] })).rows)).toEqual([
      ['x', 'y', null],
    ])
  })
})

test('any table written by the book reads back the same, wherever the chunks are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', '🙂'), maxLength: 6 })
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
  fc.assert(
    fc.property(table, fc.array(fc.nat(200), { maxLength: 5 }), fc.boolean(), (rows, cuts, ended) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n') + (ended ? '\n' : '')
      const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length]
      const reader = new CsvRecords({ delimiter: ',', newline: '\n' })
      const read = places.slice(1).flatMap((place, index) => [...reader.read(text.slice(places[index], place), index === places.length - 2)])
      expect(read.map((record) => ('cells' in record ? record.cells : record.problem))).toEqual(rows)
    }),
    { numRuns: 500 },
  )
})

test('whatever the text, every line of it is in some record', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n'), maxLength: 60 }), fc.nat(60), (text, cut) => {
      const reader = new CsvRecords({ delimiter: ',', newline: '\n' })
      const read = [...reader.read(text.slice(0, cut), false), ...reader.read(text.slice(cut), true)]
      expect(read.map((record) => `${record.raw}\n`).join('')).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`)
    }),
    { numRuns: 1000 },
  )
})
