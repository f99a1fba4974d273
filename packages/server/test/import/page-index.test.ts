import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPageIndex } from '../../src/imports/parquet/page-index.ts'
import { readStruct, type ThriftStruct, type ThriftValue } from '../../src/imports/parquet/thrift.ts'

let engine: Session
let folder: string
beforeAll(() => {
  engine = new Session()
  folder = mkdtempSync(join(tmpdir(), 'kindred-pages-'))
})
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const columns = `number as n, if(number % 3 = 0, null, toString(rand(1) % 50)) as repeating, hex(randomPrintableASCII(number % 400)) as wide,
  toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + number as at, range(number % 4) as list, tuple(number, toString(number)) as pair, repeat('long ', 3000 * (number % 1000 = 7)) as seldom`

async function write(name: string, settings: string): Promise<string> {
  const path = join(folder, name)
  await engine.queryAsync(
    `select * from table_of_test into outfile '${path}' truncate format Parquet settings max_threads = 1, output_format_parquet_row_group_size = 7000, ${settings}`,
  )
  return path
}
const settingsOf = (index: 0 | 1) =>
  `output_format_parquet_write_page_index = ${index}, output_format_parquet_data_page_size = 4000, output_format_parquet_batch_size = 300`

/** Read in blocks smaller than a page, so that a wrong row of a page would show. */
async function rows(path: string): Promise<string> {
  const settings = 'max_threads = 1, max_block_size = 100, input_format_parquet_max_block_size = 100, input_format_parquet_preserve_order = 1'
  return (await engine.queryAsync(`select * from file('${path}', Parquet) settings ${settings}`, { format: 'JSONEachRow' })).text()
}

const field = (struct: ThriftValue | undefined, id: number) => (struct as ThriftStruct).fields.get(id)
/** Of each chunk, group after group, where its pages are behind the first, how long, and from which row: undefined without an index. */
function locations(path: string): (number[][] | undefined)[] {
  const bytes = readFileSync(path)
  const footer = bytes.subarray(bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8))
  return (field(readStruct(footer), 4) as ThriftValue[])
    .flatMap((group) => field(group, 1) as ThriftValue[])
    .map((chunk) => {
      const at = field(chunk, 4)
      if (at === undefined) return undefined
      const pages = field(readStruct(bytes, at as number), 1) as ThriftStruct[]
      const [start] = pages.map((page) => page.fields.get(1) as number)
      return pages.map(({ fields }) => [(fields.get(1) as number) - (start ?? 0), fields.get(2), fields.get(3)] as number[])
    })
}

describe('a file without an index of its pages', () => {
  test.each([
    ['packed by zstd', "output_format_parquet_compression_method = 'zstd'"],
    ['packed by snappy, without dictionaries', "output_format_parquet_compression_method = 'snappy', output_format_parquet_max_dictionary_size = 0"],
    ['not packed', "output_format_parquet_compression_method = 'none'"],
  ])('gets the one that its writer would have given it: %s', async (_, settings) => {
    await engine.queryAsync(`create or replace table table_of_test engine = Memory as select ${columns} from numbers(20000)`)
    const bare = await write('bare.parquet', `${settingsOf(0)}, ${settings}`)
    const indexed = await write('indexed.parquet', `${settingsOf(1)}, ${settings}`)
    const before = readFileSync(bare)
    chmodSync(bare, 0o400)
    const copy = join(folder, 'copy.parquet')
    expect(locations(bare).every((pages) => pages === undefined)).toBe(true)
    expect(await addPageIndex(bare, copy, 0)).toBe(true)
    expect(readFileSync(bare).equals(before)).toBe(true)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    chmodSync(bare, 0o600)
    const lists = 4
    const expected = locations(indexed).map((pages, column) => (column % 8 === lists ? undefined : pages))
    expect(expected.filter((pages) => (pages?.length ?? 0) > 3).length).toBeGreaterThan(3)
    expect(locations(copy)).toEqual(expected)
    expect(await rows(copy)).toBe(await rows(bare))
    expect(await addPageIndex(copy, join(folder, 'again.parquet'), 1e9)).toBe(false)
  })

  test('is left as it is where its columns are small, or it has one', async () => {
    await engine.queryAsync(`create or replace table table_of_test engine = Memory as select ${columns} from numbers(3000)`)
    const copy = join(folder, 'none.parquet')
    expect(await addPageIndex(await write('small.parquet', settingsOf(0)), copy)).toBe(false)
    expect(await addPageIndex(await write('one.parquet', settingsOf(1)), copy, 0)).toBe(false)
  })
})

describe('a file that is not as it should be', () => {
  test('is left to the engine, wherever it is broken', async () => {
    await engine.queryAsync(`create or replace table table_of_test engine = Memory as select ${columns} from numbers(500)`)
    const whole = await write('whole.parquet', settingsOf(0))
    const broken = join(folder, 'broken.parquet')
    const copy = join(folder, 'of-broken.parquet')
    const { length } = readFileSync(whole)
    for (let cut = 0; cut < length; cut += Math.ceil(length / 40)) {
      copyFileSync(whole, broken)
      truncateSync(broken, cut)
      expect(await addPageIndex(broken, copy, 0)).toBe(false)
    }
    // A byte of the footer at a time: it may still be read, in which case the engine reads the copy as it would have read the file, or says no to both.
    const footer = length - 8 - readFileSync(whole).readUInt32LE(length - 8)
    for (let at = footer; at < length; at += 7) {
      const bytes = readFileSync(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0x15
      writeFileSync(broken, bytes)
      if (!(await addPageIndex(broken, copy, 0))) continue
      const [of, as] = await Promise.all([broken, copy].map((path) => rows(path).catch(() => 'refused')))
      expect(as).toBe(of)
    }
  })

  test('with a list of a length that nothing has is not waited for', () => {
    const endless = Buffer.from([0x19, 0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
    expect(() => readStruct(endless)).toThrow(RangeError)
    expect(() => readStruct(Buffer.alloc(100_000, 0x1c))).toThrow(RangeError)
    writeFileSync(join(folder, 'empty'), '')
    return expect(addPageIndex(join(folder, 'empty'), join(folder, 'x'))).resolves.toBe(false)
  })
})
