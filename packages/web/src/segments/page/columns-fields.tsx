import { type Segment, standardFields, standardLabel, standardName } from '@kindred/model'
import { Checkbox, Group, MultiSelect } from '@mantine/core'
import { byCount, useProperties } from '../../data/known-names.ts'
import { exportColumns, fixedAccountColumns, fixedColumns } from './export-columns.ts'

export interface ChosenColumns {
  fixed: string[]
  properties: string[]
}

const fixedOf = ({ unit }: Pick<Segment, 'unit'>) => (unit === 'account' ? fixedAccountColumns : fixedColumns)

/** What a file has unless somebody chooses: who they are, and nothing of their properties. */
export const usualColumns = (segment: Pick<Segment, 'unit'>): ChosenColumns => ({ fixed: fixedOf(segment).map(({ name }) => name), properties: [] })

/** As the API takes them. */
export const columnsText = (segment: Pick<Segment, 'unit'>, { fixed, properties }: ChosenColumns): string => exportColumns(fixed, properties, fixedOf(segment))

const accountFields = standardFields.filter(({ of }) => of === 'account').map((field) => ({ name: standardName(field), label: standardLabel(field) }))

interface ColumnsFieldsProps {
  segment: Pick<Segment, 'unit'>
  value: ChosenColumns
  onChange: (value: ChosenColumns) => void
}

/** Chooses what is told of each member, among what the project knows. */
export function ColumnsFields({ segment, value, onChange }: ColumnsFieldsProps) {
  const { data } = useProperties()
  const ofPeople = byCount(data ?? []).filter((property) => property.of === 'person' && !property.sensitive)
  const options = segment.unit === 'account' ? accountFields : ofPeople
  return (
    <>
      <Checkbox.Group label="Columns" value={value.fixed} onChange={(fixed) => onChange({ ...value, fixed })}>
        <Group mt={4}>
          {fixedOf(segment).map(({ name, label }) => (
            <Checkbox key={name} value={name} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
      <MultiSelect
        label="Properties"
        data={options.map((property) => ({ value: property.name, label: property.label }))}
        value={value.properties}
        onChange={(properties) => onChange({ ...value, properties })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Remove the properties' }}
        limit={50}
      />
    </>
  )
}
