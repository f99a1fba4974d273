import { randomUUID } from 'node:crypto'
import { bind, render, type Sql, sql } from '@kindred/engine'
import { KindredError, type PostalCodesInstalled } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { installedPostalCodes } from './installed.ts'
import { readPostalCodes } from './read-file.ts'

const rowsAtOnce = 50_000
const rejectsShown = 100
/** About a street. Averages come out the same however the rows are added up. */
const decimals = sql`6`

/** One at a time: the tables that a new one is made in are there once. */
let underway = false

async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  if (underway) throw new KindredError('postal-codes/busy')
  underway = true
  try {
    return await work()
  } finally {
    underway = false
  }
}

/**
 * Installs the file at `path`, which is called `name`: the postal codes of the countries that it tells of take the place of those before, all at once. Of several lines with one code
 * the middle counts. Errors: `postal-codes/unreadable`, `postal-codes/busy`, `import/unreadable`.
 */
export function installPostalCodes(parts: Parts, { path, name }: { path: string; name: string }): Promise<PostalCodesInstalled> {
  return alone(async () => {
    await command(parts, sql`truncate table kindred.postal_code_lines`)
    const read = await gather(parts, path)
    const [first] = read.rejects
    if (read.countries.size === 0) {
      const why = first === undefined ? 'the file has no lines' : `none of its ${read.lines} lines can be read; line ${first.line}: ${first.reason}`
      throw new KindredError('postal-codes/unreadable', { reason: why })
    }
    await replace(
      parts,
      [...read.countries],
      [
        sql`insert into kindred.postal_codes_next select country_code, code, argMin(place, line), round(avg(latitude), ${decimals}), round(avg(longitude), ${decimals}),
${bind('String', name)}, fromUnixTimestamp64Milli(${bind('Int64', parts.clock())}, 'UTC') from kindred.postal_code_lines group by country_code, code`,
      ],
    )
    const countries = (await installedPostalCodes(parts)).filter(({ country }) => read.countries.has(country))
    return { lines: read.lines, rejected: read.rejected, rejects: read.rejects, countries }
  })
}

/** Errors: `postal-codes/not-found`, `postal-codes/busy`. */
export function removePostalCodes(parts: Parts, country: string): Promise<void> {
  return alone(async () => {
    if (!parts.store.postalCountries().includes(country)) throw new KindredError('postal-codes/not-found', { country, reason: 'none are installed' })
    await replace(parts, [country], [])
  })
}

/** The lines into a table of their own. */
async function gather({ store }: Parts, path: string) {
  const gathered = { lines: 0, rejected: 0, rejects: [] as PostalCodesInstalled['rejects'], countries: new Set<string>() }
  let rows: string[] = []
  const insert = async () => {
    if (rows.length > 0) await store.insert('postal_code_lines', Buffer.from(rows.join('\n')), randomUUID())
    rows = []
  }
  for await (const lines of readPostalCodes(path)) {
    gathered.lines += lines.length
    for (const read of lines) {
      if ('code' in read) {
        gathered.countries.add(read.code.country_code)
        rows.push(JSON.stringify({ line: read.line, ...read.code }))
      } else {
        gathered.rejected += 1
        if (gathered.rejects.length < rejectsShown) gathered.rejects.push(read)
      }
    }
    if (rows.length >= rowsAtOnce) await insert()
  }
  await insert()
  return gathered
}

/** Makes the table anew beside the one in use, without the codes of `countries` but with what `fill` adds, and puts it in its place. */
async function replace(parts: Parts, countries: readonly string[], fill: readonly Sql[]): Promise<void> {
  await command(parts, sql`truncate table kindred.postal_codes_next`)
  await command(
    parts,
    sql`insert into kindred.postal_codes_next select * from kindred.postal_codes where country_code not in ${bind('Array(String)', countries)}`,
  )
  for (const each of fill) await command(parts, each)
  await command(parts, sql`exchange tables kindred.postal_codes and kindred.postal_codes_next`)
  await parts.store.reloadPostalCodes()
  await command(parts, sql`truncate table kindred.postal_codes_next`)
  await command(parts, sql`truncate table kindred.postal_code_lines`)
}

function command({ store }: Parts, statement: Sql): Promise<void> {
  return store.command(render(statement))
}
