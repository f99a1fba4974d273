import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/** Pages without a build: the SDK comes from Kindred as well, so that a page talks to no other server. */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let api: PageApi
let token: string
let site: Server
let html = ''

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  api = new PageApi(open.page, kindred.url)
  await signIn(open.page, kindred.link)
  token = (await api.get<{ token: string }>('/api/v1/projects/1')).token
  site = createServer((_request, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end(html))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  site?.closeAllConnections()
  site?.close()
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

/** Opens a page of the shop that has `head`; answers where it asked for anything. */
async function visit(head: string): Promise<Set<string>> {
  html = `<!doctype html><title>Shop</title>${head}<h1>Shop</h1>`
  const { page, context } = await openPage(browser)
  const asked = new Set<string>()
  context.on('request', (request) => asked.add(new URL(request.url()).origin))
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  await page.goto(address)
  asked.delete(address)
  return asked
}

const arrives = (name: string) =>
  expect
    .poll(async () => (await api.get<{ results: { event: string }[] }>('/api/v1/projects/1/data/live?limit=100')).results.map(({ event }) => event), {
      timeout: 20_000,
    })
    .toContain(name)

test('posthog-js by a script tag', async () => {
  const asked = await visit(`<script src="${kindred.url}/static/array.js"></script>
    <script>posthog.init('${token}', { api_host: '${kindred.url}', opt_out_useragent_filter: true }); posthog.capture('tag_loaded')</script>`)
  await arrives('tag_loaded')
  expect([...asked]).toEqual([kindred.url])
})

test('posthog-js by the snippet that its makers print, with api_host changed', async () => {
  const asked = await visit(`<script>
    !function(t,e){var o,n,p,r;e.__SV||(window.posthog=e,e._i=[],e.init=function(i,s,a){function g(t,e){var o=e.split(".");2==o.length&&(t=t[o[0]],e=o[1]),t[e]=function(){t.push([e].concat(Array.prototype.slice.call(arguments,0)))}}(p=t.createElement("script")).type="text/javascript",p.crossOrigin="anonymous",p.async=!0,p.src=s.api_host.replace(".i.posthog.com","-assets.i.posthog.com")+"/static/array.js",(r=t.getElementsByTagName("script")[0]).parentNode.insertBefore(p,r);var u=e;for(void 0!==a?u=e[a]=[]:a="posthog",u.people=u.people||[],u.toString=function(t){var e="posthog";return"posthog"!==a&&(e+="."+a),t||(e+=" (stub)"),e},u.people.toString=function(){return u.toString(1)+".people (stub)"},o="init capture identify register reset".split(" "),n=0;n<o.length;n++)g(u,o[n]);e._i.push([i,s,a])},e.__SV=1)}(document,window.posthog||[]);
    posthog.init('${token}', { api_host: '${kindred.url}', opt_out_useragent_filter: true }); posthog.capture('snippet_loaded')</script>`)
  await arrives('snippet_loaded')
  expect([...asked]).toEqual([kindred.url])
})

test('analytics.js by Segment’s snippet, with the address of its script changed', async () => {
  const asked = await visit(`<script>
    !function(){var i="analytics",analytics=window[i]=window[i]||[];if(!analytics.initialize){analytics.invoked=!0;analytics.methods=["track","identify","page","group","alias","ready","reset","on"];analytics.factory=function(e){return function(){var n=Array.prototype.slice.call(arguments);n.unshift(e);analytics.push(n);return analytics}};for(var n=0;n<analytics.methods.length;n++){var key=analytics.methods[n];analytics[key]=analytics.factory(key)}analytics.load=function(key,n){var t=document.createElement("script");t.type="text/javascript";t.async=!0;t.src="${kindred.url}/analytics.js/v1/"+key+"/analytics.min.js";var r=document.getElementsByTagName("script")[0];r.parentNode.insertBefore(t,r);analytics._loadOptions=n};analytics._writeKey="${token}";analytics._cdn="${kindred.url}";analytics.SNIPPET_VERSION="5.2.0";analytics.load("${token}");analytics.page();analytics.track('Segment Loaded')}}();</script>`)
  await arrives('Segment Loaded')
  expect([...asked]).toEqual([kindred.url])
})
