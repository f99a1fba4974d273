import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { releaseProgramPages, unchangedRanges } from '../../src/memory/program-pages.ts'

const mapping = (head: string, anonymous = 0) =>
  `${head}\nSize:                128 kB\nRss:                 128 kB\nAnonymous:             ${anonymous} kB\nVmFlags: rd ex mr mw me \n`

test('only read-only pages of files are let go, and none that the process made its own', () => {
  const smaps = [
    mapping('7f0000000000-7f0000020000 r-xp 00001000 fe:00 123                        /usr/lib/libengine.so'),
    mapping('7f0000020000-7f0000040000 r--p 00021000 fe:00 123                        /usr/lib/a name with spaces.so'),
    mapping('7f0000040000-7f0000060000 r--p 00041000 fe:00 123                        /usr/lib/libengine.so', 64),
    mapping('7f0000060000-7f0000080000 rw-p 00061000 fe:00 123                        /usr/lib/libengine.so'),
    mapping('7f0000080000-7f00000a0000 r--s 00000000 fe:00 124                        /var/data/shared.db'),
    mapping('7f00000a0000-7f00000c0000 r-xp 00000000 00:00 0 '),
    mapping('7f00000c0000-7f00000e0000 r-xp 00000000 00:00 0                          [vdso]'),
  ].join('')
  expect(unchangedRanges(smaps)).toEqual([
    { start: 0x7f0000000000, end: 0x7f0000020000 },
    { start: 0x7f0000020000, end: 0x7f0000040000 },
  ])
})

test.runIf(process.platform === 'linux')('what a start has mapped of program files goes, and the program goes on', async () => {
  const resident = () => Number(/^RssFile:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
  const before = resident()
  const released = await releaseProgramPages()
  expect(released).toBeGreaterThan(before / 2)
  expect(resident()).toBeLessThan(before * 0.75)
  expect(await import('node:zlib').then(({ gzipSync, gunzipSync }) => gunzipSync(gzipSync('still here')).toString())).toBe('still here')
})
