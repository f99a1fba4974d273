import type { SegmentationGroups } from '@kindred/model'
import { NumberInput, SegmentedControl, Select, useMatches } from '@mantine/core'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { useTraits } from '../../data/traits.ts'
import { useSegmentChoices } from '../use-segment-choices.ts'
import { SegmentGroups } from './segment-groups.tsx'
import type { StepProps } from './step-props.ts'

type By = SegmentationGroups['by']

/** The segments themselves: rules in order, or one for each value of a property. */
export function GroupsStep({ save, change, report }: StepProps) {
  const { groups, target } = save
  const { held, choices } = useSegmentChoices(save)
  const textTraits = (useTraits() ?? []).filter(({ type, unit }) => type === 'text' && unit === 'person')
  const orientation = useMatches({ base: 'vertical', sm: 'horizontal' } as const)
  const startBy = (by: By) => {
    if (by === groups.by) return
    change({ target: null, groups: beginning(by, textTraits[0]?.name) })
  }
  if (held.unit === 'account' && groups.by === 'segments') {
    return <SegmentGroups groups={groups} target={target} change={change} report={report} choices={choices} />
  }
  return (
    <>
      <SegmentedControl
        aria-label="What the segments are"
        orientation={orientation}
        fullWidth
        data={[
          { value: 'segments', label: 'Segments of yours, in order' },
          { value: 'property', label: 'The values of a property' },
          ...(textTraits.length > 0 ? [{ value: 'trait', label: 'The values of a trait' }] : []),
        ]}
        value={groups.by}
        onChange={(by) => startBy(by as By)}
      />
      {groups.by === 'segments' && <SegmentGroups groups={groups} target={target} change={change} report={report} choices={choices} />}
      {groups.by === 'trait' && (
        <Select
          label="Trait"
          data={textTraits.map(({ name, label }) => ({ value: name, label }))}
          value={groups.trait}
          onChange={(trait) => trait !== null && change({ groups: { ...groups, trait } })}
          maw={320}
        />
      )}
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

function beginning(by: By, trait = ''): SegmentationGroups {
  if (by === 'segments') return { by, segments: [], exclusive: true, everyoneElse: 'Everyone else' }
  return by === 'trait' ? { by, trait, limit: 12 } : { by, property: 'standard.country', limit: 12 }
}
