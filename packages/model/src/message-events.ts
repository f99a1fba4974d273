import type { MessageAction, MessageChannel } from './condition/index.ts'

/** An event that tells of a message. `channel`: null where a property of the event says it; `usual` where that is missing too. */
export interface MessageEvent {
  readonly action: MessageAction
  readonly channel: MessageChannel | null
  readonly usual?: MessageChannel
}

const channels: readonly MessageChannel[] = ['email', 'sms', 'push']
const capitals = { email: 'Email', sms: 'SMS', push: 'Push' } as const
const actions: readonly MessageAction[] = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'replied']
const title = (action: string) => `${action[0]?.toUpperCase()}${action.slice(1)}`

/** `email_sent`, `sms_clicked`, and `message_opened`, whose property `channel` says which. */
const plain = actions.flatMap((action): [string, MessageEvent][] => [
  ...channels.map((channel): [string, MessageEvent] => [`${channel}_${action}`, { action, channel }]),
  [`message_${action}`, { action, channel: null }],
])
/** `Email Sent`, `SMS Delivered`, `Push Opened`: Segment's specification and whoever follows it, Customer.io, Braze and Iterable among them. */
const titled = actions.flatMap((action): [string, MessageEvent][] => [
  ...channels.map((channel): [string, MessageEvent] => [`${capitals[channel]} ${title(action)}`, { action, channel }]),
  [`Message ${title(action)}`, { action, channel: null }],
])
/** What they and Klaviyo call by other names. In Klaviyo "Received SMS" is what a customer gets, and "Sent SMS" what a customer sends back. */
const others: Readonly<Record<string, MessageEvent>> = {
  'Email Link Clicked': { action: 'clicked', channel: 'email' },
  'SMS Link Clicked': { action: 'clicked', channel: 'sms' },
  'Push Link Clicked': { action: 'clicked', channel: 'push' },
  'Push Notification Sent': { action: 'sent', channel: 'push' },
  'Push Notification Received': { action: 'delivered', channel: 'push' },
  'Push Notification Tapped': { action: 'opened', channel: 'push' },
  'Push Notification Bounced': { action: 'bounced', channel: 'push' },
  Unsubscribed: { action: 'unsubscribed', channel: null, usual: 'email' },
  'Received Email': { action: 'delivered', channel: 'email' },
  'Opened Email': { action: 'opened', channel: 'email' },
  'Clicked Email': { action: 'clicked', channel: 'email' },
  'Bounced Email': { action: 'bounced', channel: 'email' },
  'Unsubscribed from Email Marketing': { action: 'unsubscribed', channel: 'email' },
  'Received SMS': { action: 'delivered', channel: 'sms' },
  'Clicked SMS': { action: 'clicked', channel: 'sms' },
  'Failed to Deliver SMS': { action: 'bounced', channel: 'sms' },
  'Sent SMS': { action: 'replied', channel: 'sms' },
  'Unsubscribed from SMS Marketing': { action: 'unsubscribed', channel: 'sms' },
  'Received Push': { action: 'delivered', channel: 'push' },
  'Opened Push': { action: 'opened', channel: 'push' },
  'Bounced Push': { action: 'bounced', channel: 'push' },
}

/** Every event that tells of a message, by its name: nothing else does. `docs/segments.md` lists them. */
export const messageEvents: ReadonlyMap<string, MessageEvent> = new Map([...plain, ...titled, ...Object.entries(others)])

/** The property that says the channel, and what it may say in small letters. */
export const messageChannelProperty = 'channel'
export const messageChannelWords: Readonly<Record<MessageChannel, readonly string[]>> = {
  email: ['email', 'e-mail', 'mail'],
  sms: ['sms', 'text'],
  push: ['push', 'push notification', 'push_notification', 'mobile_push', 'web_push'],
}
/** Any of these properties may name the campaign, or the flow. */
export const campaignProperties = ['campaign', 'campaign_name', 'campaign_id', 'Campaign Name'] as const
export const flowProperties = ['flow', 'flow_name', 'flow_id', '$flow', 'journey', 'journey_name', 'canvas_name', 'workflow_name', 'automation'] as const
