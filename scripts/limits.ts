/**
 * Sizes of the code, counted in lines that hold code: blank lines and comments are free, so nobody saves on reasons.
 * `tsx scripts/limits.ts` measures the repository and fails by name; the numbers are those of the design.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'

export const limits = { fileLines: 400, functionLines: 80, parameters: 3 } as const
/** What a file aims at. Not enforced: a small file that holds one thing is right too. */
const aim = { from: 50, to: 250 } as const

export interface FunctionSize {
  name: string
  /** Line of the file it starts on, from 1. */
  line: number
  codeLines: number
  parameters: number
}

export interface FileSize {
  path: string
  codeLines: number
  functions: FunctionSize[]
}

/** Measures one source file; `path` only tells TypeScript from TSX and names the file in answers. */
export function measure(path: string, text: string): FileSize {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const code = codeLinesOf(source)
  const functions: FunctionSize[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) functions.push(sizeOfFunction(node, code))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { path, codeLines: code.size, functions }
}

/** Every limit that a file breaks, each as one line that says where and by how much. */
export function broken(file: FileSize): string[] {
  const told: string[] = []
  if (file.codeLines > limits.fileLines) told.push(`${file.path}: ${file.codeLines} lines of code, at most ${limits.fileLines}`)
  for (const { name, line, codeLines, parameters } of file.functions) {
    // A group of tests is a chapter of its file, not a function that someone has to follow.
    if (codeLines > limits.functionLines && !/^the function given to describe\b/.test(name))
      told.push(`${file.path}:${line}: ${name} has ${codeLines} lines of code, at most ${limits.functionLines}`)
    if (parameters > limits.parameters)
      told.push(`${file.path}:${line}: ${name} takes ${parameters} parameters, at most ${limits.parameters}; make them an object`)
  }
  return told
}

/** The numbers (from 0) of lines that hold a token. A line of a template or of JSX text counts unless it is blank. */
function codeLinesOf(source: ts.SourceFile): Set<number> {
  const lines = new Set<number>()
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return
    const children = node.getChildren(source)
    if (children.length > 0) {
      for (const child of children) visit(child)
      return
    }
    let position = node.getStart(source)
    for (const line of source.text.slice(position, node.end).split('\n')) {
      if (line.trim() !== '') lines.add(source.getLineAndCharacterOfPosition(position).line)
      position += line.length + 1
    }
  }
  visit(source)
  return lines
}

function sizeOfFunction(node: ts.SignatureDeclaration, code: ReadonlySet<number>): FunctionSize {
  const source = node.getSourceFile()
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
  const last = source.getLineAndCharacterOfPosition(node.end).line
  let codeLines = 0
  for (let line = first; line <= last; line++) if (code.has(line)) codeLines++
  return { name: nameOf(node), line: first + 1, codeLines, parameters: node.parameters.filter((each) => each.name.getText(source) !== 'this').length }
}

/** Its own name, or that of the constant, property or call that it is given to. */
function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText()
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.name.getText()
  if (ts.isCallExpression(parent)) return `the function given to ${parent.expression.getText().split('\n')[0]}`
  return 'a function'
}

function report(): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], { encoding: 'utf8' })
  const paths = listed.split('\n').filter((path) => path !== '' && existsSync(path))
  const files = paths.map((path) => measure(path, readFileSync(path, 'utf8')))
  const within = files.filter(({ codeLines }) => codeLines >= aim.from && codeLines <= aim.to)
  const longest = files.reduce<FileSize | undefined>((most, file) => (most === undefined || file.codeLines > most.codeLines ? file : most), undefined)
  const total = files.reduce((sum, file) => sum + file.codeLines, 0)
  console.log(
    `${files.length} files, ${total} lines of code; ${within.length} files hold ${aim.from} to ${aim.to}; the longest, ${longest?.path}, holds ${longest?.codeLines}`,
  )
  const told = files.flatMap(broken)
  for (const line of told) console.error(line)
  if (told.length > 0) process.exitCode = 1
}

if (process.argv[1] === import.meta.filename) report()
