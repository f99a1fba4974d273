import { randomBytes, randomUUID } from 'node:crypto'
import { integer, pick, type Random } from '@kindred/science'

/** An event as an SDK sends it. */
export interface SampleEvent {
  uuid: string
  event: string
  distinct_id: string
  timestamp: string
  properties: Record<string, unknown>
}

/** The two kinds of event that are measured: a small one (8 properties, 400 B) and one as posthog-js sends it (50 properties, 2.9 kB). */
export const shapes = { small: smallEvent, recorded: recordedEvent } as const
export type Shape = keyof typeof shapes

const people = 20_000

function envelope(random: Random, event: string): Omit<SampleEvent, 'properties'> {
  const timestamp = new Date(Date.now() - integer(random, 0, 3_600_000)).toISOString()
  return { uuid: randomUUID(), event, distinct_id: `visitor-${integer(random, 1, people)}`, timestamp }
}

function smallEvent(random: Random): SampleEvent {
  return {
    ...envelope(random, pick(random, ['product_viewed', 'product_added_to_cart', 'order_completed'])),
    properties: {
      product_id: `SKU-${integer(random, 100_000, 999_999)}`,
      product_name: pick(random, [
        'Northpeak Down Jacket Pro, dark green',
        'Kestrel Trail Boots Classic, size 42',
        'Oak & Ember Enamel Mug, set of four',
        'Fjordline Head Torch, rechargeable',
      ]),
      category: pick(random, ['Jackets', 'Boots', 'Kitchen', 'Camping']),
      price: integer(random, 500, 30_000) / 100,
      currency: 'EUR',
      quantity: integer(random, 1, 4),
      $browser: pick(random, ['Chrome', 'Safari', 'Firefox']),
      $current_url: `https://shop.example/products/${pick(random, ['jackets', 'boots', 'kitchen'])}/${integer(random, 1, 5000)}?colour=green`,
    },
  }
}

const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36'

/** The properties that posthog-js adds to each page view, with values of the same kinds and lengths. */
function recordedEvent(random: Random): SampleEvent {
  const base = envelope(random, '$pageview')
  const path = `/products/${pick(random, ['jackets', 'boots', 'kitchen'])}/${integer(random, 1, 5000)}`
  const url = `https://shop.example${path}?utm_source=google&utm_medium=cpc&utm_campaign=spring&utm_content=headline-a&gclid=${randomBytes(40).toString('base64url')}`
  const initial = { r: 'https://www.google.com/', u: url }
  return {
    ...base,
    properties: {
      $os: 'Mac OS X',
      $os_version: '10.15.7',
      $browser: 'Chrome',
      $browser_version: 134,
      $device_type: 'Desktop',
      $timezone: 'Europe/Dublin',
      $timezone_offset: -60,
      $current_url: url,
      $host: 'shop.example',
      $pathname: path,
      $raw_user_agent: userAgent,
      $screen_height: 1080,
      $screen_width: 1920,
      $viewport_height: 969,
      $viewport_width: 1905,
      $browser_language: 'en-IE',
      $browser_language_prefix: 'en',
      $lib: 'web',
      $lib_version: '1.449.2',
      $insert_id: randomBytes(8).toString('hex'),
      $time: Date.parse(base.timestamp) / 1000,
      distinct_id: base.distinct_id,
      $device_id: randomUUID(),
      $initialization_time: base.timestamp,
      $configured_session_timeout_ms: 1_800_000,
      $sdk_debug_replay_internal_buffer_length: 0,
      $sdk_debug_replay_internal_buffer_size: 0,
      $sdk_debug_current_session_duration: integer(random, 0, 900_000),
      $sdk_debug_session_start: Date.parse(base.timestamp),
      $recording_status: 'disabled',
      $replay_sample_rate: null,
      $feature_flag_errors: [],
      $session_entry_url: url,
      $session_entry_host: 'shop.example',
      $session_entry_pathname: path,
      $session_entry_referrer: 'https://www.google.com/',
      $session_entry_referring_domain: 'www.google.com',
      $referrer: 'https://www.google.com/',
      $referring_domain: 'www.google.com',
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: 'spring',
      gclid: randomBytes(40).toString('base64url'),
      $web_vitals_enabled_server_side: true,
      $autocapture_disabled_server_side: false,
      $dead_clicks_enabled_server_side: false,
      $session_id: randomUUID(),
      $window_id: randomUUID(),
      $pageview_id: randomUUID(),
      title: 'Down Jacket Pro, warm and light, in six colours | Shop Example',
      $set_once: {
        $initial_person_info: initial,
        $initial_referrer: initial.r,
        $initial_referring_domain: 'www.google.com',
        $initial_current_url: url,
        $initial_pathname: path,
        $initial_utm_source: 'google',
      },
    },
  }
}
