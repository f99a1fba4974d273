import { launchBrowser, openPage, signIn } from './e2e/support/browser.ts'
import { PageApi } from './e2e/support/api.ts'
import { startKindred } from './e2e/support/kindred-process.ts'
const kindred = await startKindred('/tmp/cp/data')
const browser = await launchBrowser()
try {
  const looks = [['w', 1440, 'light'], ['n', 390, 'dark'], ['wd', 1440, 'dark'], ['nl', 390, 'light']] as const
  const { page } = await openPage(browser)
  const shot = async (name: string, which = looks as readonly (typeof looks)[number][]) => {
    for (const [tag, width, colorScheme] of which) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(700)
      await page.screenshot({ path: `/tmp/shots/${name}-${tag}.png` })
    }
    await page.setViewportSize({ width: 1440, height: 900 }); await page.emulateMedia({ colorScheme: 'light' })
  }
  await page.goto(kindred.url + '/login'); await page.waitForTimeout(1500); await shot('login')
  await signIn(page, kindred.link)
  const api = new PageApi(page, kindred.url)
  const { token } = await api.get<{ token: string }>('/api/v1/projects/2')
  await page.goto(kindred.url + '/people?project=2'); await page.getByRole('heading', { level: 1 }).waitFor(); await page.waitForTimeout(1500)
  const search = page.getByRole('textbox').first(); await search.fill('ann'); await page.waitForTimeout(2500); await shot('people')
  await page.request.post(`${kindred.url}/batch/`, { data: { api_key: token, batch: Array.from({ length: 6 }, (_, i) => ({ distinct_id: `till-${i}`, properties: { totel: i } })) } })
  await page.waitForTimeout(4000)
  await page.goto(kindred.url + '/data/problems?project=2'); await page.getByRole('button', { name: 'Correct all…' }).click(); await page.getByLabel('Event name').fill('sold'); await page.getByRole('button', { name: 'See what changes' }).click(); await page.waitForTimeout(2000); await shot('correct-all')
  await page.keyboard.press('Escape'); await page.waitForTimeout(500); await shot('problems')
  await page.goto(kindred.url + '/data/imports/new?project=2'); await page.waitForTimeout(1500)
  const f = page.locator('input[type=file]').first()
  const { createWriteStream, readFileSync } = await import('node:fs')
  void createWriteStream; const { execSync } = await import('node:child_process'); execSync('head -c 60000000 /tmp/cp/big/big.csv > /tmp/cp/big/part.csv'); void readFileSync
  await f.setInputFiles('/tmp/cp/big/part.csv'); await page.waitForTimeout(6000); await shot('wizard', [looks[0], looks[1]])
  const go = page.getByRole('button', { name: /^(Import|Start)/ }).last(); await go.click().catch((e: unknown) => console.log(String(e).slice(0, 200))); await page.waitForTimeout(5000); await shot('import-progress')
  await page.waitForTimeout(10000); await shot('import-progress2', [looks[0]])
} finally { await browser.close(); await kindred[Symbol.asyncDispose]() }
