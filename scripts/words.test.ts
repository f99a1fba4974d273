import { expect, test } from 'vitest'
import { forbiddenWords } from './words.ts'

const setting = ['clickhouse', 'settings'].join('_')
const machinePath = ['', 'home', 'ada', 'kindred'].join('/')

test('a forbidden word is told with its line, only in the files it is forbidden in', () => {
  expect(forbiddenWords('packages/server/src/a.ts', `one\nclient.query({ ${setting}: {} })`)).toEqual([
    expect.stringMatching(/^packages\/server\/src\/a\.ts:2: /),
  ])
  expect(forbiddenWords('docs/architecture.md', setting)).toEqual([])
})

test('a path of one machine is found, a route of the interface or of a URL is not', () => {
  expect(forbiddenWords('README.md', `cd ${machinePath}`)).toHaveLength(1)
  expect(forbiddenWords('README.md', `see https://example.com${machinePath} and packages/web/home/page.tsx`)).toEqual([])
})

test('a lock file that names a registry is found', () => {
  expect(forbiddenWords('package-lock.json', '      "resolved": "https://registry.example/zod.tgz",')).toHaveLength(1)
  expect(forbiddenWords('package-lock.json', '      "resolved": "packages/model",')).toEqual([])
})
