import { constants } from 'node:fs'
import { chmod, copyFile, type FileHandle, open } from 'node:fs/promises'
import { readStruct, structOf, structsField, type ThriftStruct, type ThriftValue, wholeNumberField } from './thrift.ts'

/** What a Parquet file begins and ends with. */
export const parquetMagic = 'PAR1'
/** The length of the footer and the magic. */
const tailBytes = 8
/** Thousands of columns in many groups: read here, it would be in memory ten times over, and hold up whatever else the server does. */
const longestFooter = 4 * 1024 * 1024
/** Packed. A smaller chunk may be in memory as a whole. */
const largeChunk = 8 * 1024 * 1024
const headBytes = { usual: 512, most: 8 * 1024 * 1024 }
/** Fields and values of Parquet's own metadata, by the numbers of its `parquet.thrift`. */
const fields = {
  file: { schema: 2, groups: 4 },
  element: { repetition: 3, children: 5 },
  group: { chunks: 1, rows: 3 },
  chunk: { otherFile: 1, about: 3, indexAt: 4, indexLength: 5 },
  about: { packedSize: 7, dataAt: 9, dictionaryAt: 11 },
  page: { type: 1, packedSize: 3, data: 5, dataV2: 8 },
  data: { rows: 1 },
  dataV2: { rows: 3 },
  location: { at: 1, size: 2, firstRow: 3 },
} as const
const repeated = 2
const dictionaryPage = 2

interface Chunk {
  /** Where its first page is, the dictionary's if it has one. */
  at: number
  size: number
  rows: number
  /** In the footer: where something may be added to it. */
  end: number
}

/**
 * Makes `copy` of a Parquet file whose large columns have no index of their pages, with the index that they lack (a few bytes a page): without one the engine holds a
 * column of a whole group of rows at once, packed, which may be the size of the file; with one, a page. pandas and others leave it out. False, and perhaps something at `copy`, where the file needs
 * none or is not as it should be: the engine says what is wrong with it. `atLeast`: bytes of a chunk, packed. Takes room on the disk as the file does, where the file system cannot share it.
 */
export async function addPageIndex(path: string, copy: string, atLeast = largeChunk): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const footer = await readFooter(file, size)
    const chunks = chunksWithoutIndex(readStruct(footer), atLeast)
    if (chunks.length === 0) return false
    await copyFile(path, copy, constants.COPYFILE_FICLONE)
    // The copy of a file that nobody may write to would be one as well.
    await chmod(copy, 0o600)
    await writeIndexes(copy, { file, footer, chunks, at: size - tailBytes - footer.length })
    return true
  } catch {
    return false
  } finally {
    await file.close()
  }
}

async function readFooter(file: FileHandle, size: number): Promise<Buffer> {
  const tail = await readAt(file, size - tailBytes, tailBytes)
  const length = tail.readUInt32LE(0)
  if (tail.toString('latin1', 4) !== parquetMagic || length > longestFooter) throw new RangeError('it does not end as Parquet does')
  return readAt(file, size - tailBytes - length, length)
}

function chunksWithoutIndex(footer: ThriftStruct, atLeast: number): Chunk[] {
  const isFlat = flatColumns(structs(footer.fields.get(fields.file.schema)))
  return structs(footer.fields.get(fields.file.groups)).flatMap((group) => {
    const rows = numberOf(group, fields.group.rows)
    return structs(group.fields.get(fields.group.chunks)).flatMap((chunk, column) => {
      const about = chunk.fields.get(fields.chunk.about)
      if (!isStruct(about) || chunk.fields.has(fields.chunk.otherFile) || chunk.fields.has(fields.chunk.indexAt)) return []
      const size = numberOf(about, fields.about.packedSize)
      if (size < atLeast || isFlat[column] !== true) return []
      const dataAt = numberOf(about, fields.about.dataAt)
      // Some writers put a zero where there is no dictionary.
      const dictionaryAt = about.fields.has(fields.about.dictionaryAt) ? numberOf(about, fields.about.dictionaryAt) : 0
      return [{ at: dictionaryAt > 0 ? Math.min(dictionaryAt, dataAt) : dataAt, size, rows, end: chunk.end }]
    })
  })
}

/** Of each column whether a row has one value of it: where it may have several, how many rows a page has is not said. The schema is a tree, parents first. */
function flatColumns(elements: readonly ThriftStruct[]): boolean[] {
  const flat: boolean[] = []
  let next = 0
  const visit = (isFlat: boolean) => {
    const element = elements[next++]
    if (element === undefined) throw new RangeError('its schema ends too early')
    const here = isFlat && element.fields.get(fields.element.repetition) !== repeated
    const children = element.fields.get(fields.element.children)
    if (typeof children !== 'number' || children === 0) flat.push(here)
    else for (let child = 0; child < children; child += 1) visit(here)
  }
  visit(true)
  return flat
}

interface Addition {
  file: FileHandle
  footer: Buffer
  chunks: readonly Chunk[]
  /** Where the footer is, and the first index will be. */
  at: number
}

async function writeIndexes(copy: string, { file, footer, chunks, at }: Addition): Promise<void> {
  const out = await open(copy, 'r+')
  try {
    await out.truncate(at)
    const parts: Uint8Array[] = []
    let position = at
    let taken = 0
    for (const chunk of chunks) {
      const index = Uint8Array.from(structOf(structsField(1, await pagesOf(file, chunk))))
      await out.write(index, 0, index.length, position)
      const added = [...wholeNumberField(fields.chunk.indexAt, 'i64', position), ...wholeNumberField(fields.chunk.indexLength, 'i32', index.length)]
      parts.push(footer.subarray(taken, chunk.end), Uint8Array.from(added))
      taken = chunk.end
      position += index.length
    }
    const changed = Buffer.concat([...parts, footer.subarray(taken)])
    const tail = Buffer.alloc(tailBytes, parquetMagic)
    tail.writeUInt32LE(changed.length, 0)
    await out.write(Buffer.concat([changed, tail]), 0, changed.length + tailBytes, position)
  } finally {
    await out.close()
  }
}

/** The location of each page of data. */
async function pagesOf(file: FileHandle, chunk: Chunk): Promise<number[][]> {
  const locations: number[][] = []
  let firstRow = 0
  for (let at = chunk.at; at < chunk.at + chunk.size; ) {
    const page = await readPage(file, at)
    if (page.rows !== undefined) {
      const { location } = fields
      locations.push(
        structOf(
          wholeNumberField(location.at, 'i64', at),
          wholeNumberField(location.size, 'i32', page.size),
          wholeNumberField(location.firstRow, 'i64', firstRow),
        ),
      )
      firstRow += page.rows
    }
    at += page.size
  }
  if (firstRow !== chunk.rows) throw new RangeError('its pages have other rows than their group')
  return locations
}

/** With its head, in bytes; no rows for a dictionary. */
async function readPage(file: FileHandle, at: number): Promise<{ size: number; rows: number | undefined }> {
  const head = await readHead(file, at)
  const size = head.end + 1 + numberOf(head, fields.page.packedSize)
  if (numberOf(head, fields.page.type) === dictionaryPage) return { size, rows: undefined }
  const data = head.fields.get(fields.page.data)
  const dataV2 = head.fields.get(fields.page.dataV2)
  if (isStruct(data)) return { size, rows: numberOf(data, fields.data.rows) }
  if (isStruct(dataV2)) return { size, rows: numberOf(dataV2, fields.dataV2.rows) }
  throw new RangeError('it has pages of another kind')
}

/** A head is short, unless it has long texts as its least and greatest. */
async function readHead(file: FileHandle, at: number): Promise<ThriftStruct> {
  for (let length = headBytes.usual; ; length *= 16) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
    try {
      return readStruct(buffer.subarray(0, bytesRead))
    } catch (error) {
      if (bytesRead < length || length * 16 > headBytes.most) throw error
    }
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead < length) throw new RangeError('it ends too early')
  return buffer
}

function structs(value: ThriftValue | undefined): ThriftStruct[] {
  return Array.isArray(value) ? value.filter(isStruct) : []
}

function isStruct(value: ThriftValue | undefined): value is ThriftStruct {
  return typeof value === 'object' && 'fields' in value
}

/** Never negative where it is used. */
function numberOf({ fields: values }: ThriftStruct, field: number): number {
  const value = values.get(field)
  if (typeof value !== 'number' || value < 0) throw new RangeError('a number is missing')
  return value
}
