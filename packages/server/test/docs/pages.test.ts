import { readFileSync } from 'node:fs'
import { conditionKinds, errorTable, importMappingSchema, operatorNames, segmentDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')

/** Cells of the rows of a page's tables whose first cell is code, without its quotes. */
function rowsOf(page: string): { name: string; cells: string[] }[] {
  const rows = page.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
  return rows.flatMap(([first = '', ...cells]) => {
    const [, name] = /^`([^`]+)`$/.exec(first) ?? []
    return name === undefined ? [] : [{ name, cells }]
  })
}

test('docs/errors.md and the table of errors hold the same codes, statuses and sentences', () => {
  const written = Object.fromEntries(rowsOf(read('docs/errors.md')).map(({ name, cells }) => [name, { status: Number(cells[0]), message: cells[1] }]))
  expect(written).toEqual(errorTable)
})

test('docs/operations.md lists every setting of config.ts with its default, and no other', () => {
  const rows = rowsOf(read('docs/operations.md')).filter(({ name }) => name.startsWith('KINDRED_'))
  const written = Object.fromEntries(rows.map(({ name, cells }) => [name, cells[0]?.replaceAll('`', '')]))
  const settings = [...read('packages/server/src/config.ts').matchAll(/^ {2}(KINDRED_\w+): (.*),$/gm)]
  expect(Object.keys(written).toSorted()).toEqual(settings.map(([, name]) => name).toSorted())
  for (const [, name = '', schema = ''] of settings) {
    const [, value] = /\.default\('?([^')]*)'?\)/.exec(schema) ?? []
    if (value) expect(written[name], name).toBe(value.replaceAll('_', ''))
    else expect(written[name], name).toMatch(/^(none|the one included)$/)
  }
})

/** The words in backticks of a line. */
const namesIn = ([line]: readonly string[]): string[] => [...(line ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name)

test('docs/segments.md explains every kind of condition and every operator', () => {
  const page = read('docs/segments.md')
  const explained = new Set([...rowsOf(page).map(({ name }) => name), ...[...page.matchAll(/^## .*/gm)].flatMap(namesIn)])
  expect([...conditionKinds, ...operatorNames].filter((name) => !explained.has(name))).toEqual([])
})

test('docs/api.md and README.md link to pages that exist', () => {
  for (const path of [
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/capture.md',
    'docs/operations.md',
    'docs/segments.md',
    'docs/traits.md',
    'docs/adding-a-condition.md',
    'docs/api.md',
  ]) {
    const folder = path.includes('/') ? 'docs/' : ''
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => `${folder}${link}`)
    for (const link of links) expect(() => readFileSync(new URL(`../../../../${link}`, import.meta.url)), `${path} links to ${link}`).not.toThrow()
  }
})

test('the mapping that README.md shows is one', () => {
  const [, yaml = ''] = /```yaml\n(# orders[\s\S]*?)```/.exec(read('README.md')) ?? []
  expect(importMappingSchema.safeParse(parse(yaml)).error?.issues ?? []).toEqual([])
})

test('the definition that docs/segments.md shows is one', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/segments.md')) ?? []
  expect(segmentDefinitionSchema.safeParse(parse(yaml)).error?.issues ?? []).toEqual([])
})
