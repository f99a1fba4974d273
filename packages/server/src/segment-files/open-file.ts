import type { SegmentFileMistake, SegmentFileText } from '@kindred/model'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** A file as YAML, not yet read as a segment. */
export interface OpenFile {
  path: string
  content: unknown
  /** The line, from 1, of what stands at a path or, where nothing stands there, of what holds it. */
  lineOf(at: readonly PropertyKey[]): number | null
}

/** Errors are answered, each with its line. */
export function openFile({ path, text }: SegmentFileText): { file: OpenFile } | { mistakes: SegmentFileMistake[] } {
  const whole = (reason: string) => ({ mistakes: [{ path, line: null, at: '', reason }] })
  const lines = new LineCounter()
  let document: Document.Parsed
  try {
    document = parseDocument(text, { lineCounter: lines })
  } catch (error) {
    // A text of brackets alone exhausts the reader's stack.
    return whole(error instanceof RangeError ? 'it nests too deep to be read' : 'it cannot be read as YAML')
  }
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ linePos, message, code }) => ({
      path,
      line: linePos?.[0]?.line ?? null,
      at: '',
      reason: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? code,
    }))
    return { mistakes }
  }
  try {
    // Aliases could blow a short text up to a huge tree.
    const content: unknown = document.toJS({ maxAliasCount: 0 })
    return { file: { path, content, lineOf: (at) => lineOf(document, lines, at) } }
  } catch (error) {
    return whole(error instanceof ReferenceError ? 'anchors and aliases are not read: write the condition out' : 'it nests too deep to be read')
  }
}

function lineOf(document: Document.Parsed, lines: LineCounter, at: readonly PropertyKey[]): number | null {
  let node: unknown = document.contents
  let line: number | null = null
  for (const step of at) {
    const [key, below] = stepTo(node, step)
    const place = (key as Node | undefined)?.range?.[0]
    if (place === undefined) break
    line = lines.linePos(place).line
    node = below
  }
  return line
}

/** What marks the place of a step, and what stands there. */
function stepTo(node: unknown, step: PropertyKey): readonly [unknown, unknown] {
  if (isSeq(node)) return [node.items[Number(step)], node.items[Number(step)]]
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined
  return [pair?.key, pair?.value]
}
