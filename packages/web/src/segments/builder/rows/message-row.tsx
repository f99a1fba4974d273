import { type MessageAction, type MessageChannel, messageActions, messageChannels } from '@kindred/model'
import { Button, NativeSelect } from '@mantine/core'
import { textsOf } from '../../../conditions/operand.ts'
import { ValueInput } from '../../../data/value-input.tsx'
import type { MessageDraft } from '../../tree/row-draft.ts'
import classes from '../builder.module.css'
import { CountFields } from '../count-fields.tsx'
import { FilterLine } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import type { RowProps } from './row-props.ts'

const actionWords: Record<MessageAction, string> = {
  sent: 'were sent',
  delivered: 'got',
  opened: 'opened',
  clicked: 'clicked in',
  bounced: 'did not get, as it bounced,',
  unsubscribed: 'unsubscribed from',
  replied: 'replied to',
}
const channelWords: Record<MessageChannel, string> = { email: 'an e-mail', sms: 'a text message', push: 'a push notification' }

/** *opened an e-mail of the campaign Spring at least once in the last 30 days* */
export function MessageRow({ draft, onChange, wrong }: RowProps<MessageDraft>) {
  const narrowed = (['campaign', 'flow'] as const).filter((each) => draft[each] !== undefined)
  return (
    <>
      <NativeSelect
        aria-label="What became of the message"
        data={messageActions.map((action) => ({ value: action, label: actionWords[action] }))}
        value={draft.message}
        onChange={(event) => onChange({ ...draft, message: event.currentTarget.value as MessageAction })}
      />
      <NativeSelect
        aria-label="Which kind of message"
        data={[{ value: '', label: 'any message' }, ...messageChannels.map((channel) => ({ value: channel, label: channelWords[channel] }))]}
        value={draft.channel ?? ''}
        onChange={(event) => onChange({ ...draft, channel: event.currentTarget.value === '' ? undefined : (event.currentTarget.value as MessageChannel) })}
      />
      <CountFields count={draft.count} label="Messages" onChange={(count) => onChange({ ...draft, count })} wrong={wrong} />
      <WithinFields within={draft.within ?? null} onChange={(within) => onChange({ ...draft, within: within ?? undefined })} wrong={wrong} />
      {narrowed.map((each, index) => (
        <FilterLine key={each} first={index === 0} onRemove={() => onChange({ ...draft, [each]: undefined })}>
          <span className={classes.label}>{each === 'campaign' ? 'the campaign is' : 'the flow is'}</span>
          <div className={classes.place}>
            <ValueInput
              label={each === 'campaign' ? 'Campaign' : 'Flow'}
              placeholder="Name"
              of="event"
              property={each}
              value={textsOf(draft[each])}
              onChange={(values) => onChange({ ...draft, [each]: values })}
              error={wrong ? ' ' : null}
            />
          </div>
        </FilterLine>
      ))}
      {(['campaign', 'flow'] as const)
        .filter((each) => draft[each] === undefined)
        .map((each) => (
          <Button key={each} variant="subtle" size="compact-sm" my={6} onClick={() => onChange({ ...draft, [each]: [] })}>
            {each === 'campaign' ? 'of a campaign' : 'of a flow'}
          </Button>
        ))}
    </>
  )
}
