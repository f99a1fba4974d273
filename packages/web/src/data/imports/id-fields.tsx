import { Select, Switch, TextInput } from '@mantine/core'
import { idOf, idParts, type PersonMapping } from './mapping-kind.ts'

const eachRow = '\u0000each-row'

interface IdFieldsProps {
  label: string
  columns: string[]
  id: PersonMapping['id']
  /** Offers to make each row somebody of its own. */
  withRows?: boolean
  onChange: (id: PersonMapping['id']) => void
}

/** The column of an id, and what is taken from its text and put before it. */
export function IdFields({ label, columns, id, withRows, onChange }: IdFieldsProps) {
  const { column, suffix, prefix } = idParts(id)
  const rows = withRows ? [{ value: eachRow, label: 'None: each row is a person' }] : []
  return (
    <>
      <Select
        label={label}
        data={[...columns.map((name) => ({ value: name, label: name })), ...rows]}
        value={column ?? eachRow}
        onChange={(chosen) =>
          chosen !== null && onChange(chosen === eachRow ? { row: true, prefix: 'row-' } : idOf(chosen, suffix, column === null ? '' : prefix))
        }
        searchable
        allowDeselect={false}
      />
      {column !== null && (
        <TextInput
          label="Without this at its end"
          placeholder="such as .0"
          value={suffix}
          onChange={(event) => onChange(idOf(column, event.currentTarget.value, prefix))}
        />
      )}
      <TextInput
        label="Put before the id"
        placeholder={column === null ? 'row-' : 'such as shop-'}
        value={prefix}
        onChange={(event) => onChange(column === null ? { row: true, prefix: event.currentTarget.value } : idOf(column, suffix, event.currentTarget.value))}
      />
    </>
  )
}

interface SkipEmptyProps {
  whenEmpty: 'skip' | 'reject' | undefined
  onChange: (whenEmpty: 'skip' | 'reject') => void
}

export function SkipEmpty({ whenEmpty, onChange }: SkipEmptyProps) {
  return (
    <Switch
      mt="md"
      label="Leave out rows without an id"
      description="Otherwise they are listed as rejected."
      checked={whenEmpty === 'skip'}
      onChange={(event) => onChange(event.currentTarget.checked ? 'skip' : 'reject')}
    />
  )
}
