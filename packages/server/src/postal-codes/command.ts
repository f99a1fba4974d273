import { basename } from 'node:path'
import { englishCountryName, type PostalCodes, type PostalCodesInstalled, type PostalCodesOfCountry } from '@kindred/model'
import { asking } from '../commands/ask-instance.ts'
import type { InstanceClient } from '../commands/instance-client.ts'

const actions = ['install', 'list', 'remove'] as const
export type PostalCodesAction = (typeof actions)[number]

export function isPostalCodesAction(text: string | undefined): text is PostalCodesAction {
  return (actions as readonly (string | undefined)[]).includes(text)
}

/** `kindred postal-codes install FILE`, `list`, `remove COUNTRY`; the country by its two letters. */
export async function postalCodes(client: InstanceClient, action: PostalCodesAction, named = ''): Promise<void> {
  const ask = asking(client, '/api/v1/postal-codes')
  if (action === 'list') return say((await ask<PostalCodes>('GET', '')).countries)
  if (action === 'remove') return say((await ask<PostalCodes>('DELETE', `/${encodeURIComponent(named.toUpperCase())}`)).countries)
  const { lines, rejected, rejects, countries } = await ask<PostalCodesInstalled>('POST', `?name=${encodeURIComponent(basename(named))}`, { file: named })
  say(countries)
  console.log(`${count(lines)} lines read, ${count(rejected)} of them left out.`)
  for (const { line, reason } of rejects) console.log(`  line ${line}: ${reason}`)
  if (rejected > rejects.length) console.log(`  and ${count(rejected - rejects.length)} more`)
}

function say(countries: readonly PostalCodesOfCountry[]): void {
  if (countries.length === 0) console.log('No postal codes are installed.')
  for (const { country, codes, file } of countries)
    console.log(`${country} ${englishCountryName(country) ?? ''}: ${count(codes)} postal ${codes === 1 ? 'code' : 'codes'}, from ${file}`)
}

const count = (value: number) => value.toLocaleString('en')
