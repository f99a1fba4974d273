import { type Segment, standardFields, standardLabel, standardName } from '@kindred/model'
import { Button, Checkbox, Group, Modal, MultiSelect, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { apiUrl } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { byCount, useProperties } from '../../data/known-names.ts'
import { exportColumns, fixedAccountColumns, fixedColumns } from './export-columns.ts'

interface ExportSegmentProps {
  segment: Segment
  opened: boolean
  onClose: () => void
}

/** Downloads every member, with the columns the reader wants. The file is streamed: any size, straight to disk. */
export function ExportSegment({ segment, opened, onClose }: ExportSegmentProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Export ${segment.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ExportForm segment={segment} onDone={onClose} />
    </Modal>
  )
}

const accountFields = standardFields.filter(({ of }) => of === 'account').map((field) => ({ name: standardName(field), label: standardLabel(field) }))

function ExportForm({ segment, onDone }: { segment: Segment; onDone: () => void }) {
  const project = useProjectId()
  const { data } = useProperties()
  const ofAccounts = segment.unit === 'account'
  const offered = ofAccounts ? fixedAccountColumns : fixedColumns
  const [format, setFormat] = useState<'csv' | 'json' | 'parquet'>('csv')
  const [fixed, setFixed] = useState<string[]>(offered.map(({ name }) => name))
  const [properties, setProperties] = useState<string[]>([])
  const ofPeople = byCount(data ?? []).filter((property) => property.of === 'person' && !property.sensitive)
  const options = ofAccounts ? accountFields : ofPeople
  const columns = exportColumns(fixed, properties, offered)
  return (
    <Stack>
      <Text c="dimmed">
        {segment.count === null ? 'All members' : `All ${formatNumber(segment.count)} ${plural(segment.count, 'member', 'members')}`}, as they are when you
        press the button.
      </Text>
      <Radio.Group label="File" value={format} onChange={(value) => setFormat(value === 'json' || value === 'parquet' ? value : 'csv')}>
        <Group mt={4}>
          <Radio value="csv" label="CSV, for spreadsheets" />
          <Radio value="json" label="JSON, for programs" />
          <Radio value="parquet" label="Parquet, for data tools" />
        </Group>
      </Radio.Group>
      <Checkbox.Group label="Columns" value={fixed} onChange={setFixed}>
        <Group mt={4}>
          {offered.map(({ name, label }) => (
            <Checkbox key={name} value={name} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
      <MultiSelect
        label="Properties"
        data={options.map((property) => ({ value: property.name, label: property.label }))}
        value={properties}
        onChange={setProperties}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Remove the properties' }}
        limit={50}
      />
      <Group justify="flex-end">
        <Button
          component="a"
          href={apiUrl(projectPath(project, `segments/${segment.id}/export`), { format, columns })}
          download
          data-disabled={columns === '' || undefined}
          onClick={onDone}
        >
          Download
        </Button>
      </Group>
    </Stack>
  )
}
