import { chance, integer, pick, type Random } from '@kindred/science'
import { day } from './calendar.ts'
import { type Shop, serverEvent } from './shop.ts'
import type { Shopper } from './shopper.ts'

const interests = ['Hiking', 'Skiing', 'Cooking', 'Reading', 'Gaming', 'Travel', 'Gardening', 'Music', 'Photography', 'Running'] as const
const needs = ['Fast delivery', 'Easy returns', 'Long warranty', 'Works with my phone', 'Repair service', 'Size advice'] as const
const lifestyles = ['Outdoors', 'Family', 'City', 'Homebody', 'Frequent traveller'] as const
const values = ['Quality', 'Price', 'Sustainability', 'Novelty', 'Tradition'] as const
const socials = ['Instagram', 'YouTube', 'TikTok', 'Facebook', 'Pinterest', 'LinkedIn'] as const
const software = ['Strava', 'Komoot', 'Spotify', 'Notion', 'Slack', 'Excel', 'Photoshop'] as const

/** A questionnaire some days after an order; not everyone answers. */
export function expectSurvey(shop: Shop, shopper: Shopper, ordered: number): void {
  const { random, state } = shopper
  state.surveyed = true
  const at = ordered + (3 + random.next() * 12) * day
  if (chance(random, 0.75)) shop.agenda.add(at, () => shop.emit(answer(shopper, at)))
}

/** What people say agrees, more or less, with how they behave. */
function answer(shopper: Shopper, at: number) {
  const { random, type, coupons, adoptionDays } = shopper
  const answers = {
    attitude_price: scale(random, coupons * 5 + 1),
    attitude_sustainability: scale(random, 3),
    attitude_novelty: scale(random, adoptionDays !== null && adoptionDays < 5 ? 5 : 2.5),
    satisfaction: scale(random, type.name === 'loyal' ? 4.7 : 3.8),
    most_needed: pick(random, needs),
    needs: several(random, needs, 3),
    interests: type.name === 'winter sports fan' ? [...new Set(['Skiing', ...several(random, interests, 2)])] : several(random, interests, 4),
    lifestyle: pick(random, lifestyles),
    values: several(random, coupons > 0.5 ? ['Price', ...values] : values, 2),
    personality: pick(random, ['Planner', 'Explorer', 'Helper', 'Competitor']),
    social_channels: several(random, socials, 3),
    software_used: several(random, software, 3),
  }
  const { interests: hobbies, lifestyle, values: held, social_channels: channels, software_used: used, needs: wanted } = answers
  return serverEvent(shopper, at, {
    name: 'survey_answered',
    properties: { survey: 'After your order', ...answers },
    set: { interests: hobbies, lifestyle, values: held, needs: wanted, social_channels: channels, software_used: used },
  })
}

/** 1 to 5, around a mean. */
function scale(random: Random, mean: number): number {
  return Math.min(5, Math.max(1, Math.round(mean + (random.next() + random.next() - 1) * 2)))
}

function several(random: Random, from: readonly string[], most: number): string[] {
  return [...new Set(Array.from({ length: integer(random, 1, most) }, () => pick(random, from)))]
}
