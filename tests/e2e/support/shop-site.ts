import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { PostHog, PostHogConfig } from 'posthog-js'
import { openPage } from './browser.ts'

declare global {
  interface Window {
    posthog: PostHog
    superProperties: Record<string, string>
  }
}

const sdk = join(dirname(createRequire(import.meta.url).resolve('posthog-js')), 'module.js')

export interface ShopSite extends AsyncDisposable {
  /** A visitor of their own, with posthog-js as npm delivers it. */
  visit(options?: Visit): Promise<Page>
}

export interface Visit extends BrowserContextOptions {
  /** Sent with each event, as `posthog.register` does. */
  register?: Record<string, string>
}

/** A shop's site on an origin of its own, whose pages report to the Kindred at `url`. */
export async function openShopSite(browser: Browser, { url, token }: { url: string; token: string }): Promise<ShopSite> {
  // A browser without a window calls itself headless, and the SDK would leave its events out as a robot's.
  const config: Partial<PostHogConfig> = { api_host: url, opt_out_useragent_filter: true }
  const html = `<!doctype html><title>Shop</title><h1>Shop</h1><script type="module">
    import posthog from '/posthog.js'
    posthog.init(${JSON.stringify(token)}, { ...${JSON.stringify(config)}, loaded: () => posthog.register(window.superProperties) })
    window.posthog = posthog
  </script>`
  const server = createServer((request, reply) => {
    const script = request.url === '/posthog.js'
    reply.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' }).end(script ? readFileSync(sdk) : html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    async visit({ register = {}, ...options } = {}) {
      const { page } = await openPage(browser, options)
      await page.addInitScript((properties) => {
        window.superProperties = properties
      }, register)
      await page.goto(origin)
      await page.waitForFunction(() => window.posthog !== undefined)
      return page
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
