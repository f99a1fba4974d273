import { areas, type LocationSource, locationSources, standardName } from '@kindred/model'
import { NativeSelect, TextInput } from '@mantine/core'
import { NumberField } from '../../../conditions/number-field.tsx'
import { textsOf } from '../../../conditions/operand.ts'
import { ValueInput } from '../../../data/value-input.tsx'
import { type PlaceKind, placeKind, withPlaceKind } from '../../tree/place.ts'
import type { PlaceDraft } from '../../tree/row-draft.ts'
import classes from '../builder.module.css'
import { Chips } from '../during-fields.tsx'
import { Word } from '../word.tsx'
import { AreaFields } from './area/area-fields.tsx'
import { PostalCodePlace } from './postal-code-place.tsx'
import type { RowProps } from './row-props.ts'

const kindWords: Record<PlaceKind, string> = {
  country: 'in the country',
  region: 'in the region',
  city: 'in the city',
  postalCode: 'in the postal code',
  postalCodeStartsWith: 'in postal codes that start with',
  continent: 'on the continent',
  area: 'in a group of countries',
  near: 'within',
  inside: 'in an area on the map',
}
/** The standard field whose values are offered. */
const fields: Partial<Record<PlaceKind, string>> = { country: 'country', region: 'region', city: 'city', postalCode: 'postal_code', continent: 'continent' }

const sourceWords: Record<LocationSource, string> = {
  declared: 'the address they gave',
  shipping: 'their shipping address',
  billing: 'their billing address',
  device: 'where their device is',
  ip: 'where their IP address is',
}

/** *who are in the country Ireland, by their profile* */
export function PlaceRow({ draft, onChange, wrong }: RowProps<PlaceDraft>) {
  const kind = placeKind(draft)
  return (
    <>
      <NativeSelect
        aria-label="Which kind of place"
        data={(Object.keys(kindWords) as PlaceKind[]).map((each) => ({ value: each, label: kindWords[each] }))}
        value={kind}
        onChange={(event) => onChange(withPlaceKind(draft, event.currentTarget.value as PlaceKind))}
      />
      <PlaceFields draft={draft} kind={kind} onChange={onChange} wrong={wrong} />
      <Word>by</Word>
      <NativeSelect
        aria-label="Known from"
        data={[
          { value: 'profile', label: 'all that is known of them' },
          ...locationSources.map((source) => ({ value: source, label: sourceWords[source] })),
          { value: 'lastEvent', label: 'their last visit with a place' },
        ]}
        value={draft.place === 'lastEvent' ? 'lastEvent' : (draft.source ?? 'profile')}
        onChange={(event) => {
          const { source: _, ...rest } = draft
          const chosen = event.currentTarget.value
          if (chosen === 'profile' || chosen === 'lastEvent') onChange({ ...rest, place: chosen })
          else onChange({ ...rest, place: 'profile', source: chosen as LocationSource })
        }}
      />
    </>
  )
}

function PlaceFields({ draft, kind, onChange, wrong }: RowProps<PlaceDraft> & { kind: PlaceKind }) {
  if (kind === 'near') return <NearFields draft={draft} onChange={onChange} wrong={wrong} />
  if (kind === 'inside') return <AreaFields corners={draft.inside ?? []} onChange={(inside) => onChange({ ...draft, inside })} wrong={wrong} />
  if (kind === 'area')
    return (
      <Chips
        columns={4}
        label="Groups of countries"
        all={areas.map((area) => ({ value: area, label: area }))}
        value={textsOf(draft.area)}
        onChange={(area) => onChange({ ...draft, area } as PlaceDraft)}
      />
    )
  const field = fields[kind]
  return (
    <div className={classes.place}>
      <ValueInput
        label={kindWords[kind]}
        placeholder={kind === 'country' ? 'Ireland or IE' : 'Name'}
        of="person"
        property={field === undefined ? '' : standardName({ key: field })}
        value={textsOf(draft[kind])}
        onChange={(values) => onChange({ ...draft, [kind]: values })}
        error={wrong ? ' ' : null}
      />
    </div>
  )
}

/** Within so many kilometres or miles of a point, or of the middle of a postal code. */
function NearFields({ draft, onChange, wrong }: RowProps<PlaceDraft>) {
  const near = draft.near ?? {}
  const set = (changed: NonNullable<PlaceDraft['near']>) => onChange({ ...draft, near: changed })
  const { km, miles, ...rest } = near
  const distance = miles === undefined ? { km } : { miles }
  const ofPostalCode = near.postalCode !== undefined
  return (
    <>
      <NumberField
        label="Distance"
        width={80}
        value={km ?? miles}
        onChange={(value) => set({ ...rest, ...(miles === undefined ? { km: value } : { miles: value }) })}
        error={wrong}
      />
      <NativeSelect
        aria-label="Distance: unit"
        data={[
          { value: 'km', label: 'kilometres' },
          { value: 'miles', label: 'miles' },
        ]}
        value={miles === undefined ? 'km' : 'miles'}
        onChange={(event) => set({ ...rest, [event.currentTarget.value]: km ?? miles ?? null })}
      />
      <Word>of</Word>
      <NativeSelect
        aria-label="Distance from what"
        data={[
          { value: 'point', label: 'a point' },
          { value: 'code', label: 'a postal code' },
        ]}
        value={ofPostalCode ? 'code' : 'point'}
        onChange={(event) =>
          set(event.currentTarget.value === 'code' ? { ...distance, postalCode: '', country: '' } : { ...distance, latitude: null, longitude: null })
        }
      />
      {ofPostalCode ? (
        <>
          <TextInput
            aria-label="Postal code"
            placeholder="Postal code"
            w={120}
            value={near.postalCode ?? ''}
            onChange={(event) => set({ ...near, postalCode: event.currentTarget.value })}
            error={wrong}
          />
          <Word>in</Word>
          <TextInput
            aria-label="Country of the postal code"
            placeholder="Country"
            w={120}
            value={near.country ?? ''}
            onChange={(event) => set({ ...near, country: event.currentTarget.value })}
            error={wrong}
          />
          <PostalCodePlace country={near.country ?? ''} code={near.postalCode ?? ''} />
        </>
      ) : (
        <>
          <Word>latitude</Word>
          <NumberField label="Latitude" width={96} value={near.latitude} onChange={(latitude) => set({ ...near, latitude })} error={wrong} />
          <Word>longitude</Word>
          <NumberField label="Longitude" width={96} value={near.longitude} onChange={(longitude) => set({ ...near, longitude })} error={wrong} />
        </>
      )}
    </>
  )
}
