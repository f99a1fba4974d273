/** Finds a Chromium or Chrome for the end-to-end tests; a browser that a package would download is not asked for. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const caches = [process.env.PLAYWRIGHT_BROWSERS_PATH, join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')]
const inCache = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']
const packages = ['chromium', 'fonts-liberation', 'fonts-dejavu-core']

/** The path of a browser, or undefined. `CHROMIUM_PATH` settles it. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  const installed = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const cached = caches.flatMap(downloadedInto).flatMap((folder) => inCache.map((path) => join(folder, path)))
  return [...installed, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', ...cached].find((path) => existsSync(path))
}

/** A browser, installed where this process may do that. Throws a sentence that says what to install. */
export function requireChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (isDebian() && process.getuid?.() === 0) {
    console.log(`No Chromium is here. Installing it: ${install}`)
    const run = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    run('update', '-qq')
    run('install', '-y', '-qq', '--no-install-recommends', ...packages)
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  throw new Error(`The end-to-end tests need Chromium or Chrome. Install one (Debian, Ubuntu: sudo ${install}), or set CHROMIUM_PATH to it.`)
}

/** Folders such as `chromium-1200` of a browser cache. */
function downloadedInto(cache) {
  if (!cache || !existsSync(cache)) return []
  return readdirSync(cache).flatMap((name) => (name.startsWith('chromium-') ? [join(cache, name)] : []))
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}
