import type { OwnSessionFact, TrendsQuery } from '@kindred/model'
import { ActionIcon, Checkbox, Group, NumberInput, Stack, Text } from '@mantine/core'
import { IconX } from '../../app/icons.tsx'
import { useChoosableProperties } from '../../data/known-names.ts'
import { PropertyPicker } from '../../data/property-picker.tsx'

interface BreakdownFieldProps {
  breakdown: TrendsQuery['breakdown']
  map: boolean
  segmentName: (id: number) => string
  onChange: (breakdown: TrendsQuery['breakdown']) => void
}

/** One row for each value of a property, the largest first, the rest together. */
export function BreakdownField({ breakdown, map, segmentName, onChange }: BreakdownFieldProps) {
  const property = breakdown !== undefined && 'property' in breakdown ? breakdown : null
  const { data: known } = useChoosableProperties()
  const isSensitive = property !== null && known?.find(({ of, name }) => of === property.of && name === property.property)?.sensitive === true
  return (
    <Stack gap={4}>
      <Group gap={4} wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>
          {breakdown !== undefined && 'segments' in breakdown ? (
            <Text>Segments: {breakdown.segments.map((id) => (id === 0 ? 'everyone' : segmentName(id))).join(', ')}</Text>
          ) : (
            <PropertyPicker
              label="Choose a property"
              of={['person', 'event', 'session']}
              placeholder="Choose a property"
              value={property && { of: property.of, name: property.property }}
              onChange={({ of, name }) => {
                const shown = { limit: property?.limit ?? (map ? 250 : 25), hideOther: property?.hideOther ?? false }
                onChange(of === 'session' ? { of, property: name as OwnSessionFact, ...shown } : { of, property: name, ...shown })
              }}
            />
          )}
        </div>
        {breakdown !== undefined && (
          <ActionIcon variant="subtle" color="gray" aria-label="Remove the breakdown" onClick={() => onChange(undefined)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {property !== null && (
        <Group gap="xs">
          <Text span c="dimmed">
            The top
          </Text>
          <NumberInput
            aria-label="How many values"
            w={72}
            size="xs"
            min={1}
            max={1000}
            allowDecimal={false}
            value={property.limit}
            onChange={(limit) => typeof limit === 'number' && limit >= 1 && onChange({ ...property, limit: Math.min(1000, limit) })}
          />
          <Checkbox
            size="xs"
            label="and the rest together"
            checked={!property.hideOther}
            onChange={(event) => onChange({ ...property, hideOther: !event.currentTarget.checked })}
          />
          {isSensitive && (
            <Checkbox
              size="xs"
              label="show its sensitive values"
              checked={property.reveal === true}
              onChange={(event) => {
                const { reveal: _, ...masked } = property
                onChange(event.currentTarget.checked ? { ...property, reveal: true } : masked)
              }}
            />
          )}
        </Group>
      )}
    </Stack>
  )
}
