import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { integer, seededRandom, zipf } from '@kindred/science'
import { benchFolder } from './dataset.ts'

/** Lines of the Online Retail file. */
export const invoiceLines = 320_705

/** The Online Retail file where it is at hand (`KINDRED_SHARED` names the folder that holds `data`), else one made to the same shape. */
export function invoiceFile(): { folder: string; name: string; made: boolean } {
  const shared = process.env.KINDRED_SHARED ?? join(import.meta.dirname, '../../../../shared')
  const folder = join(shared, 'data/online-retail')
  const found = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.csv.gz')) : undefined
  if (found !== undefined) return { folder, name: found, made: false }
  const name = 'invoices.csv.gz'
  if (!existsSync(join(benchFolder, name))) makeInvoices(join(benchFolder, name))
  return { folder: benchFolder, name, made: true }
}

/** Invoices of some twenty lines; a quarter of the lines without a customer, one invoice in forty cancelled. */
function makeInvoices(path: string): void {
  const random = seededRandom('invoices')
  const drawProduct = zipf(
    Array.from({ length: 3800 }, (_, index) => ({ code: 20_000 + index, name: `GIFT ITEM ${index}, IN A BOX`, price: (40 + ((index * 37) % 1200)) / 100 })),
    0.7,
  )
  const countries = ['United Kingdom', 'United Kingdom', 'United Kingdom', 'United Kingdom', 'Germany', 'France', 'EIRE']
  const rows = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country']
  let at = Date.UTC(2010, 11, 1, 8, 26)
  for (let invoice = 536_365; rows.length <= invoiceLines; invoice += 1) {
    const isCancelled = integer(random, 1, 40) === 1
    const customer = integer(random, 1, 4) === 1 ? '' : `${integer(random, 12_346, 16_000)}.0`
    const country = countries[integer(random, 0, countries.length - 1)] ?? ''
    const date = new Date(at).toISOString().replace('T', ' ').slice(0, 19)
    const lines = Math.min(integer(random, 1, 39), invoiceLines + 1 - rows.length)
    for (let line = 0; line < lines; line += 1) {
      const { code, name, price } = drawProduct(random)
      const quantity = integer(random, 1, 24) * (isCancelled ? -1 : 1)
      rows.push(`${isCancelled ? 'C' : ''}${invoice},${code},"${name}",${quantity},${date},${price},${customer},${country}`)
    }
    at += integer(random, 1, 27) * 60_000
  }
  mkdirSync(benchFolder, { recursive: true })
  writeFileSync(path, gzipSync(`${rows.join('\n')}\n`))
}
