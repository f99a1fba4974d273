import { type MessageChannel, type MessageCondition, messageEvents } from '@kindred/model'
import { compares } from './compares.ts'
import type { Asked, Event } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin } from './within.ts'

export function message({ message: action, channel, campaign, flow, count = { atLeast: 1 }, within }: MessageCondition, asked: Asked): boolean {
  const meant = asked.events.filter((event) => {
    const told = messageEvents.get(event.event)
    if (told?.action !== action || !isWithin(event.timestamp, within, zonedFor(event, within, asked))) return false
    if (channel !== undefined && (told.channel ?? channelSaid(event) ?? told.usual) !== channel) return false
    if (campaign !== undefined && !names(event, ['campaign', 'campaign_name', 'campaign_id', 'Campaign Name'], campaign)) return false
    return flow === undefined || names(event, 'flow flow_name flow_id $flow journey journey_name canvas_name workflow_name automation'.split(' '), flow)
  })
  return compares(meant.length, count)
}

function channelSaid({ properties }: Event): MessageChannel | 'another' | undefined {
  const said = String(properties.channel ?? '').toLowerCase()
  if (said === '') return undefined
  if (/^(e-?)?mail$/.test(said)) return 'email'
  if (/^(sms|text)$/.test(said)) return 'sms'
  return /^(push|push[ _]notification|mobile_push|web_push)$/.test(said) ? 'push' : 'another'
}

function names({ properties }: Event, keys: readonly string[], asked: string | readonly string[]): boolean {
  return keys.some((key) => properties[key] != null && [asked].flat().includes(String(properties[key])))
}
