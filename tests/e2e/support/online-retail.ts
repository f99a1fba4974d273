import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readCsv } from './csv.ts'

const folder = process.env.KINDRED_SHARED ?? new URL('../../../../shared', import.meta.url).pathname
export const onlineRetailFile = join(folder, 'data/online-retail/online-retail-2010-12-to-2011-08.csv.gz')
export const hasOnlineRetail = existsSync(onlineRetailFile)
if (!hasOnlineRetail) console.log(`The walk through Online Retail is skipped: ${onlineRetailFile} is not there.`)

export interface Order {
  invoice: string
  customer: string
  country: string
  /** As written in the file, without a zone: `2010-12-01 08:26:00`. */
  at: string
  pence: number
}

/** The orders of the file by a reading of its own: lines with a customer, a positive quantity and a positive price, by invoice. */
export function readOrders(): Order[] {
  const orders = new Map<string, Order>()
  for (const line of readCsv(gunzipSync(readFileSync(onlineRetailFile)).toString('utf8'))) {
    const { InvoiceNo: invoice = '', CustomerID = '', Country: country = '', InvoiceDate: at = '' } = line
    const quantity = Number(line.Quantity)
    const pence = Math.round(Number(line.UnitPrice) * 1000) / 10
    if (CustomerID === '' || invoice.startsWith('C') || !(quantity > 0) || !(pence > 0)) continue
    const order = orders.get(invoice) ?? { invoice, customer: CustomerID.replace(/\.0$/, ''), country, at, pence: 0 }
    order.pence += quantity * pence
    orders.set(invoice, order)
  }
  return [...orders.values()].map((order) => ({ ...order, pence: Math.round(order.pence) }))
}

export function ordersBy(orders: readonly Order[], key: (order: Order) => string): Map<string, Order[]> {
  const groups = new Map<string, Order[]>()
  for (const order of orders) groups.set(key(order), [...(groups.get(key(order)) ?? []), order])
  return groups
}
