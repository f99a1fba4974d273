/** Columns of an export that are no property. */
export const fixedColumns = [
  { name: 'id', label: 'Number' },
  { name: 'distinct_id', label: 'Distinct id' },
  { name: 'email', label: 'E-mail' },
  { name: 'created_at', label: 'First seen' },
  { name: 'last_seen', label: 'Last seen' },
] as const

/** The `columns` of the request, in the order they are offered, then the properties in the order they were chosen. */
export function exportColumns(fixed: readonly string[], properties: readonly string[]): string {
  return [...fixedColumns.map(({ name }) => name as string).filter((name) => fixed.includes(name)), ...properties].join(',')
}
