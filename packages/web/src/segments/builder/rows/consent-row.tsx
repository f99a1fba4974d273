import { consentChannels, consentPurposes } from '@kindred/model'
import { NativeSelect, TextInput } from '@mantine/core'
import { useId } from 'react'
import type { ConsentDraft } from '../../tree/row-draft.ts'
import { WithinFields } from '../within-fields.tsx'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

const channelWords: Record<(typeof consentChannels)[number], string> = {
  email: 'e-mail',
  sms: 'text message',
  push: 'push notification',
  phone: 'phone',
  post: 'post',
  web: 'the web site',
}
const stateWords: Record<ConsentDraft['is'], string> = { given: 'gave', refused: 'refused', neverAsked: 'were never asked for' }

/** *who gave consent to e-mail for marketing, in the last 30 days* */
export function ConsentRow({ draft, onChange, wrong }: RowProps<ConsentDraft>) {
  const purposes = useId()
  const channels = (consentChannels as readonly string[]).includes(draft.consent) ? consentChannels : [...consentChannels, draft.consent]
  return (
    <>
      <NativeSelect
        aria-label="Given, refused or never asked"
        data={(Object.keys(stateWords) as ConsentDraft['is'][]).map((state) => ({ value: state, label: stateWords[state] }))}
        value={draft.is}
        onChange={(event) => {
          const is = event.currentTarget.value as ConsentDraft['is']
          const { since: _, ...rest } = draft
          onChange(is === 'neverAsked' ? { ...rest, is } : { ...draft, is })
        }}
      />
      <Word>consent to</Word>
      <NativeSelect
        aria-label="Channel"
        data={channels.map((channel) => ({ value: channel, label: channelWords[channel as keyof typeof channelWords] ?? channel }))}
        value={draft.consent}
        onChange={(event) => onChange({ ...draft, consent: event.currentTarget.value })}
      />
      <Word>for</Word>
      <TextInput
        aria-label="Purpose"
        list={purposes}
        value={draft.purpose}
        onChange={(event) => onChange({ ...draft, purpose: event.currentTarget.value })}
        error={wrong && draft.purpose === ''}
        w={150}
      />
      <datalist id={purposes}>
        {consentPurposes.map((purpose) => (
          <option key={purpose} value={purpose} />
        ))}
      </datalist>
      {draft.is !== 'neverAsked' && (
        <WithinFields
          label="When they said so"
          within={draft.since ?? null}
          onChange={(since) => onChange({ ...draft, since: since ?? undefined })}
          wrong={wrong}
        />
      )}
    </>
  )
}
