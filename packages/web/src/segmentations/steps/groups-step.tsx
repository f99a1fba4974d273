import type { SegmentationGroups } from '@kindred/model'
import { NumberInput, SegmentedControl } from '@mantine/core'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { SegmentGroups } from './segment-groups.tsx'
import type { StepProps } from './steps.ts'

type By = SegmentationGroups['by']

/** The segments themselves: rules in order, or one for each value of a property. */
export function GroupsStep({ save: { groups, target }, change, report }: StepProps) {
  const startBy = (by: By) => {
    if (by === groups.by) return
    change({
      target: null,
      groups:
        by === 'segments' ? { by, segments: [], exclusive: true, everyoneElse: 'Everyone else' } : { by: 'property', property: 'standard.country', limit: 12 },
    })
  }
  return (
    <>
      <SegmentedControl
        aria-label="What the segments are"
        data={[
          { value: 'segments', label: 'Segments of yours, in order' },
          { value: 'property', label: 'The values of a property' },
        ]}
        value={groups.by}
        onChange={(by) => startBy(by as By)}
      />
      {groups.by === 'segments' && <SegmentGroups groups={groups} target={target} change={change} report={report} />}
      {groups.by === 'property' && (
        <>
          <PropertyPicker
            label="Property"
            withLabel
            of={['person']}
            value={{ of: 'person', name: groups.property }}
            onChange={({ name }) => change({ groups: { ...groups, property: name } })}
          />
          <NumberInput
            label="At most so many segments"
            description="The most frequent values; the others become everyone else."
            value={groups.limit}
            min={2}
            max={40}
            allowDecimal={false}
            onChange={(limit) => typeof limit === 'number' && change({ groups: { ...groups, limit } })}
            maw={240}
          />
        </>
      )}
    </>
  )
}
