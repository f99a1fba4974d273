import { type Project, type SegmentPreview, usualSeasons } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({})
  await project.append([
    { event: 'bought', distinctId: 'ann', timestamp: Date.UTC(2025, 10, 28) },
    { event: 'bought', distinctId: 'bob', timestamp: Date.UTC(2025, 11, 1) },
  ])
})
afterAll(() => server.close())

const during = (season: string) => ({ definition: { where: { did: 'bought', during: { season } } } })

test('a project starts with the usual seasons, and keeps those it is given', async () => {
  expect((await project.get<Project>('')).seasons).toEqual(usualSeasons)
  expect((await project.post<SegmentPreview>('/segments/preview', during('Holidays'))).count).toBe(2)
  await expect(project.post('/segments/preview', during('Black Friday'))).rejects.toMatchObject({ status: 400 })
  const seasons = [{ name: 'Black Friday', from: '11-24', to: '11-30', south: { from: '05-24', to: '05-30' } }]
  expect((await project.patch<Project>('', { seasons })).seasons).toEqual(seasons)
  expect((await project.post<SegmentPreview>('/segments/preview', during('black friday'))).count).toBe(1)
  await expect(project.post('/segments/preview', during('Holidays'))).rejects.toMatchObject({ status: 400 })
})

test('two seasons of one name, and a day that no year has, are refused where they stand', async () => {
  const season = { name: 'Sale', from: '01-01', to: '01-31' }
  await expect(project.patch('', { seasons: [season, { ...season, name: 'SALE' }] })).rejects.toMatchObject({ status: 400 })
  await expect(project.patch('', { seasons: [{ ...season, to: '02-30' }] })).rejects.toMatchObject({ status: 400 })
})

test('a project may have no season', async () => {
  expect((await project.patch<Project>('', { seasons: [] })).seasons).toEqual([])
  await expect(project.post('/segments/preview', during('Winter'))).rejects.toMatchObject({ status: 400 })
})
