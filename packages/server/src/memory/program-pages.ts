import { readFile } from 'node:fs/promises'

/** `MADV_DONTNEED` of Linux: the pages leave the process. They stay in the system's cache of the file, from where the next use takes them back. */
const dontNeed = 4

/**
 * Lets go of the pages of program files (the engine's, Node's) that are mapped here. The system brings fifteen neighbours along with each page that is used, and a start uses a
 * little of everything: 220 megabytes, of which less than half is ever used again. What is needed comes back at its next use, in microseconds.
 * Answers how many bytes of address space were let go: 0 where the system offers no such thing.
 */
export async function releaseProgramPages(): Promise<number> {
  advising ??= process.platform === 'linux' ? loadAdvise() : Promise.resolve(undefined)
  const advise = await advising
  if (advise === undefined) return 0
  // Where that cannot be read nothing is let go.
  const ranges = unchangedRanges(await readFile('/proc/self/smaps', 'utf8').catch(() => ''))
  const released = ranges.filter(({ start, end }) => advise(start, end - start, dontNeed) === 0)
  return released.reduce((bytes, { start, end }) => bytes + (end - start), 0)
}

/** Of the C library: 0 where it did as it was told. */
type Advise = (address: number, length: number, advice: number) => number
let advising: Promise<Advise | undefined> | undefined

async function loadAdvise(): Promise<Advise | undefined> {
  try {
    const { default: koffi } = await import('koffi')
    return koffi.load(null).func('int madvise(uintptr_t address, size_t length, int advice)')
  } catch (error) {
    console.warn('Pages of program files cannot be let go here, so that some more memory stays in use:', error)
    return undefined
  }
}

/** Addresses; `end` is the first behind. */
interface Range {
  start: number
  end: number
}

/**
 * Of a process's mappings, as `/proc/self/smaps` tells them, those whose pages are all as their file has them: of files, private, read-only, and without a page of the
 * process's own. Such a page would be lost; the loader makes some, where it writes addresses into what it makes read-only afterwards.
 */
export function unchangedRanges(smaps: string): Range[] {
  const mappings = smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  return mappings.flatMap((mapping) => {
    const head = /^([0-9a-f]+)-([0-9a-f]+) r-[x-]p \S+ \S+ \S+ +\//.exec(mapping)
    const [start, end] = [head?.[1], head?.[2]]
    if (start === undefined || end === undefined || !/^Anonymous: +0 kB$/m.test(mapping)) return []
    return [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }]
  })
}
