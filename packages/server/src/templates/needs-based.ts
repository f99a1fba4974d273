import { duration, field, type Template, texts } from './template.ts'

const requestEvents = ['feature_requested', 'Feature Requested', 'feature_request'] as const
const integrationEvents = ['integration_connected', 'Integration Connected', 'integration_added', 'api_key_created'] as const

function needs(id: string, key: string, words: { name: string; says: string; example: string }): Template {
  return {
    id,
    kind: 'needs-based',
    name: words.name,
    says: words.says,
    needs: [field(key)],
    where: (data) => ({ property: `standard.${key}`, hasAnyOf: [data.value(key, words.example)], ignoringCase: true }),
    adjust: [texts(words.name, 'where.hasAnyOf')],
  }
}

export const needsBased: readonly Template[] = [
  needs('must-have', 'must_have_features', { name: 'Must have …', says: 'Without it they will not buy.', example: 'Fast delivery' }),
  needs('compatibility', 'compatibility', { name: 'Needs it to work with …', says: 'What your product has to fit to.', example: 'iOS' }),
  needs('platform', 'platform', { name: 'Needs a platform', says: 'Where it has to run.', example: 'Web' }),
  needs('integrations', 'integrations', {
    name: 'Uses an integration',
    says: 'Other software or a programming interface it is connected to.',
    example: 'Slack',
  }),
  needs('feature-wishes', 'feature_requests', { name: 'Wishes for a feature', says: 'Tell them when it is there.', example: 'Dark mode' }),
  {
    id: 'requested-feature',
    kind: 'needs-based',
    name: 'Asked for a feature',
    says: 'Sent a request in the last year.',
    needs: [{ events: requestEvents, says: 'requests for features' }],
    where: (data) => ({ did: data.event(...requestEvents), within: { last: '365 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'connected-integration',
    kind: 'needs-based',
    name: 'Connected an integration',
    says: 'They have built on you: they stay.',
    needs: [{ events: integrationEvents, says: 'connections to other software' }],
    where: (data) => ({ did: data.event(...integrationEvents), within: { last: '365 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
]
