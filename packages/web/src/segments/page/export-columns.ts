/** Columns of an export that are no property. */
export const fixedColumns = [
  { name: 'id', label: 'Number' },
  { name: 'distinct_id', label: 'Distinct id' },
  { name: 'email', label: 'E-mail' },
  { name: 'created_at', label: 'First seen' },
  { name: 'last_seen', label: 'Last seen' },
] as const

export const fixedAccountColumns = [
  { name: 'id', label: 'Number' },
  { name: 'type', label: 'Type' },
  { name: 'key', label: 'Key' },
  { name: 'name', label: 'Name' },
  { name: 'people', label: 'People' },
  { name: 'created_at', label: 'First seen' },
  { name: 'last_seen', label: 'Last seen' },
] as const

/** The `columns` of the request, one line of CSV: those offered in their order, then the properties as they were chosen. */
export function exportColumns(fixed: readonly string[], properties: readonly string[], offered: readonly { name: string }[] = fixedColumns): string {
  const chosen = offered.map(({ name }) => name).filter((name) => fixed.includes(name))
  return [...chosen, ...properties].map(cell).join(',')
}

const cell = (name: string): string => (/[",\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
