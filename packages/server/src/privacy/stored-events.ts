import { hotTextColumns, join, raw } from '@kindred/engine'
import type { Properties } from '@kindred/model'
import { readStoredProperties } from '../store/clickhouse/stored-properties.ts'

/** An event's row as far as its properties go: `properties` is JSON text. */
export interface StoredEvent {
  uuid: string
  properties: string
}

const hotColumns = Object.entries(hotTextColumns)
/** The columns that properties of their own went into. */
export const hotColumnsSql = join(
  hotColumns.map(([, column]) => raw(column)),
  ', ',
)

/** Puts back together what the writer took apart. */
export function wholeProperties(row: StoredEvent): Properties {
  const columns = row as StoredEvent & Record<string, string | undefined>
  const hot = hotColumns.map(([name, column]) => [name, columns[column] ?? ''] as const).filter(([, value]) => value !== '')
  return { ...readStoredProperties(row.properties), ...Object.fromEntries(hot) }
}
