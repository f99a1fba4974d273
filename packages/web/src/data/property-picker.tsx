import { type PropertyDefinition, standardPrefix } from '@kindred/model'
import { byCount, typeWords, useChoosableProperties } from './known-names.ts'
import { Picker, type PickerGroup } from './picker.tsx'

export interface PropertyChoice {
  of: 'event' | 'person'
  name: string
}

interface PropertyPickerProps {
  label?: string
  withLabel?: boolean
  placeholder?: string
  /** Whose properties are offered, in this order. */
  of?: readonly PropertyChoice['of'][]
  value: PropertyChoice | null
  onChange: (choice: PropertyChoice) => void
  /** Leaves out what does not fit, such as all that never holds a number. */
  only?: (property: PropertyDefinition) => boolean
  error?: string | null
  disabled?: boolean
}

const groupLabels = { event: 'Of the event', person: 'Of the person' } as const
const keyOf = ({ of, name }: PropertyChoice) => `${of}:${name}`
const choiceOf = (key: string): PropertyChoice => ({ of: key.startsWith('event:') ? 'event' : 'person', name: key.slice(key.indexOf(':') + 1) })

/** Chooses a property among the real ones, most used first, with its type; a name not seen yet can be typed. */
export function PropertyPicker({ label = 'Property', of = ['event', 'person'], value, onChange, only, ...rest }: PropertyPickerProps) {
  const { data, isPending } = useChoosableProperties()
  const offered = byCount(data ?? []).filter((property) => only?.(property) ?? true)
  const groupOf = (group: string, options: readonly PropertyDefinition[]): PickerGroup => ({
    label: group,
    options: options.map((property) => ({
      value: keyOf(property),
      label: property.label,
      name: property.name,
      says: typeWords(property.types),
      count: property.count,
    })),
  })
  const isStandard = (property: PropertyDefinition) => property.name.startsWith(standardPrefix) && property.of === 'person'
  const groups = of.flatMap((side) => {
    const own = groupOf(
      groupLabels[side],
      offered.filter((property) => property.of === side && !isStandard(property)),
    )
    return side === 'event' ? [own] : [groupOf('Standard fields', offered.filter(isStandard)), own]
  })
  return (
    <Picker
      {...rest}
      label={label}
      groups={groups}
      loading={isPending}
      value={value && keyOf(value)}
      valueLabel={value && (data?.find((property) => property.of === value.of && property.name === value.name)?.label ?? value.name)}
      onChange={(key) => onChange(choiceOf(key))}
      onFreeText={(name) => onChange({ of: of[0] ?? 'event', name })}
    />
  )
}
