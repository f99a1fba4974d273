import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../../scripts/chromium.mjs'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages live for seconds: optimised code comes too late to pay for its making.
  '--js-flags=--no-opt --no-maglev',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: flags })
}

export interface OpenPage extends AsyncDisposable {
  context: BrowserContext
  page: Page
  /** What went wrong in the page: exceptions, and errors on the console. */
  complaints: string[]
}

/** A page in a context of its own: own cookies, own storage. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(60_000)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return { context, page: await context.newPage(), complaints, [Symbol.asyncDispose]: () => context.close() }
}

/** Signs the page in by the printed link. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.waitForURL((url) => url.pathname === '/')
  await page.getByRole('navigation').first().waitFor()
}
