import type { Segment } from '@kindred/model'
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { apiUrl } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { ColumnsFields, columnsText, usualColumns } from './columns-fields.tsx'

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

function ExportForm({ segment, onDone }: { segment: Segment; onDone: () => void }) {
  const project = useProjectId()
  const [format, setFormat] = useState<'csv' | 'json' | 'parquet'>('csv')
  const [chosen, setChosen] = useState(usualColumns(segment))
  const columns = columnsText(segment, chosen)
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
      <ColumnsFields segment={segment} value={chosen} onChange={setChosen} />
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
