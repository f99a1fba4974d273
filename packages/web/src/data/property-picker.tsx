import { type OwnSessionFact, ownSessionFacts, type PropertyDefinition, standardPrefix } from '@kindred/model'
import { type AccountProperty, useAccountProperties } from './account-properties.ts'
import { byCount, type Side, typeWords, useChoosableProperties } from './known-names.ts'
import { Picker, type PickerGroup } from './picker.tsx'
import { sessionFactWords } from './session-facts.ts'
import type { KnownTrait } from './traits.ts'

/** Whose something is that can be chosen. */
type Owner = Side | 'session'
export interface PropertyChoice<Of extends Owner = 'event' | 'person'> {
  of: Of
  name: string
}

interface PropertyPickerProps<Of extends Owner> {
  label?: string
  withLabel?: boolean
  placeholder?: string
  /** Whose properties are offered, in this order. */
  of: readonly Of[]
  value: PropertyChoice<Of> | null
  onChange: (choice: PropertyChoice<Of>) => void
  /** Leaves out what does not fit, such as all that never holds a number. */
  only?: (property: Offered) => boolean
  /** Offered below the properties, where a computed value will do as well. */
  traits?: readonly KnownTrait[]
  error?: string | null
  disabled?: boolean
}

type Offered = PropertyDefinition | AccountProperty

const groupLabels = { event: 'Of the event', person: 'Of the person', account: 'Of the account', session: 'Of the visit' } as const
const keyOf = ({ of, name }: { of: Owner; name: string }) => `${of}:${name}`
const choiceOf = <Of extends Owner>(key: string): PropertyChoice<Of> => ({ of: key.slice(0, key.indexOf(':')) as Of, name: key.slice(key.indexOf(':') + 1) })

/** Chooses a property among the real ones, most used first, with its type; a name not seen yet can be typed. */
export function PropertyPicker<Of extends Owner>({ label = 'Property', of, value, onChange, only, traits = [], ...rest }: PropertyPickerProps<Of>) {
  const { data, isPending } = useChoosableProperties()
  const accounts = useAccountProperties((of as readonly Owner[]).includes('account'))
  const known: Offered[] = [...(data ?? []), ...accounts]
  const offered = byCount(known).filter((property) => only?.(property) ?? true)
  const groupOf = (group: string, options: readonly Offered[]): PickerGroup => ({
    label: group,
    options: options.map((property) => ({
      value: keyOf(property),
      label: property.label,
      name: property.name,
      says: typeWords(property.types),
      count: property.count,
    })),
  })
  const isStandard = (property: Offered) => property.name.startsWith(standardPrefix) && property.of === 'person'
  const groups = of.flatMap((side) => {
    if (side === 'session') return [sessionGroup]
    const own = groupOf(
      groupLabels[side],
      offered.filter((property) => property.of === side && !isStandard(property)),
    )
    return side !== 'person' ? [own] : [groupOf('Standard fields', offered.filter(isStandard)), own]
  })
  const own = new Set(offered.filter((property) => of.includes(property.of as Of)).map(({ name }) => name))
  const unnamed = traits.filter(({ name }) => !own.has(name))
  const keyOfTrait = (name: string) => keyOf({ of: of[0] as Of, name })
  const computed = unnamed.map(({ name, label, type }) => ({ value: keyOfTrait(name), label, name, says: type }))
  return (
    <Picker
      {...rest}
      label={label}
      groups={computed.length === 0 ? groups : [...groups, { label: 'Traits', options: computed }]}
      loading={isPending}
      value={value && keyOf(value)}
      valueLabel={value && labelOf(value, known)}
      onChange={(key) => onChange(choiceOf(key))}
      onFreeText={(name) => onChange({ of: of[0] as Of, name })}
    />
  )
}

const sessionGroup: PickerGroup = {
  label: groupLabels.session,
  options: ownSessionFacts.map((name) => ({ value: keyOf({ of: 'session', name }), label: sessionFactWords[name].words, name })),
}

function labelOf({ of, name }: PropertyChoice<Owner>, known: readonly Offered[]): string {
  if (of === 'session') return sessionFactWords[name as OwnSessionFact].words
  return known.find((property) => property.of === of && property.name === name)?.label ?? name
}
