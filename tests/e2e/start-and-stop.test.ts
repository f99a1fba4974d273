import { expect, test } from 'vitest'
import { launchBrowser, openPage, signIn } from './support/browser.ts'
import { KindredProcess, startKindred, temporaryFolder } from './support/kindred-process.ts'

test('a second start on the same data says who holds it, and Ctrl-C ends the first cleanly', async () => {
  using data = temporaryFolder()
  await using kindred = await startKindred(data.path)
  await using second = new KindredProcess(['start', '--data', data.path, '--port', '0'])
  expect(await second.exit).toBe(1)
  expect(second.printed.trim()).toMatch(
    new RegExp(`^The data directory ${data.path} is held by process \\d+ at ${kindred.url}\\. Stop it first, or choose another with --data\\.$`),
  )
  expect(await kindred.process.stop('SIGINT')).toBe(0)
  expect(kindred.process.printed).not.toMatch(/error|\n {4}at /i)
})

test('several signals at once, as a terminal and npm send them, are one', async () => {
  using data = temporaryFolder()
  await using kindred = await startKindred(data.path)
  kindred.process.child.kill('SIGINT')
  kindred.process.child.kill('SIGTERM')
  kindred.process.child.kill('SIGINT')
  expect(await kindred.process.exit).toBe(0)
})

test('the server ends with its launcher, and what it acknowledged is there at the next start', async () => {
  using data = temporaryFolder()
  const killed = await startKindred(data.path)
  const event = { event: 'order_completed', distinct_id: 'ada', uuid: '01926f5e-0000-7000-8000-000000000001' }
  const token = await projectToken(killed.url, await signedIn(killed.link))
  const answer = await fetch(`${killed.url}/batch/`, { method: 'POST', body: JSON.stringify({ api_key: token, batch: [event, event] }) })
  expect(answer.status).toBe(200)
  killed.process.child.kill('SIGKILL')
  await killed.process.exit

  await using again = await restarted(data.path)
  const cookie = await signedIn(again.link)
  await expect.poll(async () => (await ask<{ events: number }>(again.url, '/api/v1/projects/1/status', cookie)).events, { timeout: 10_000 }).toBe(1)
})

test('a page opened while the server is stopped says so and opens once it is back', { timeout: 120_000 }, async () => {
  using data = temporaryFolder()
  const browser = await launchBrowser()
  try {
    const first = await startKindred(data.path)
    await using open = await openPage(browser)
    const { page } = open
    await signIn(page, first.link)
    await page.getByRole('heading', { name: 'Welcome to Kindred' }).waitFor()
    await first.process.stop('SIGTERM')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('The page opens once it is back.').waitFor()
    expect(await page.getByRole('link', { name: 'Segments' }).isVisible()).toBe(true)
    await using again = await startKindred(data.path, '--port', new URL(first.url).port)
    expect(again.url).toBe(first.url)
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.getByLabel('Time zone').first().waitFor()
  } finally {
    await browser.close()
  }
})

test('commands and options that do not exist are named, with what does', async () => {
  await using unknown = new KindredProcess(['frobnicate'])
  expect(await unknown.exit).toBe(1)
  expect(unknown.printed).toContain('frobnicate')
  expect(unknown.printed).toContain('kindred import FILE [--map MAP.yaml]')
})

/** The server notices the end of its launcher, and gives the directory back, a moment later. */
async function restarted(path: string) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await startKindred(path)
    } catch (error) {
      if (attempt === 20) throw error
    }
  }
}

async function signedIn(link: string): Promise<string> {
  const { origin, hash } = new URL(link)
  const answer = await fetch(`${origin}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function ask<Reply>(url: string, path: string, cookie: string): Promise<Reply> {
  return (await fetch(url + path, { headers: { cookie } })).json() as Promise<Reply>
}

async function projectToken(url: string, cookie: string): Promise<string> {
  return (await ask<{ token: string }>(url, '/api/v1/projects/1', cookie)).token
}
