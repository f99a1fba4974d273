import { duration, order, role, type Template } from './template.ts'

function stage(id: string, name: string, words: { stage: string; says: string }): Template {
  return { id, kind: 'lifecycle', name, says: words.says, needs: [], where: () => ({ trait: 'lifecycle_stage', is: [words.stage] }) }
}

export const lifecycle: readonly Template[] = [
  stage('stage-visitor', 'Visitors', { stage: 'visitor', says: 'Came, and did nothing yet that makes a lead or a customer.' }),
  stage('stage-lead', 'Leads', {
    stage: 'lead',
    says: 'Put something into the cart, began to pay, kept a wish list, signed up for the newsletter or gave an e-mail address, and have not bought.',
  }),
  stage('stage-customer', 'One-time customers', { stage: 'customer', says: 'Bought once, within 180 days: the second order is the hardest.' }),
  stage('stage-repeat', 'Repeat customers', { stage: 'repeat', says: 'Bought twice or more, the last time within 180 days.' }),
  stage('stage-lapsed', 'Lapsed customers', { stage: 'lapsed', says: 'Bought, and not for 180 days.' }),
  {
    id: 'new-customers',
    kind: 'lifecycle',
    name: 'New customers',
    says: 'First order in the last 30 days: welcome them.',
    needs: [role('order')],
    where: () => ({ first: order, within: { last: '30 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'returning-customers',
    kind: 'lifecycle',
    name: 'Returning customers',
    says: 'Ordered in the last 30 days, and for the first time before that.',
    needs: [role('order')],
    where: () => ({ all: [{ did: order, within: { last: '30 days' } }, { not: { first: order, within: { last: '30 days' } } }] }),
    adjust: [duration('Ordered in the last', 'where.all.0.within.last'), duration('First order before the last', 'where.all.1.not.within.last')],
  },
  {
    id: 'stopped-buying',
    kind: 'lifecycle',
    name: 'Stopped buying',
    says: 'Ordered in the last year, and not for 90 days.',
    needs: [role('order')],
    where: () => ({ stopped: order, active: '365 days', quiet: '90 days' }),
    adjust: [duration('Ordered in the last', 'where.active'), duration('Not in the last', 'where.quiet')],
  },
  {
    id: 'won-back',
    kind: 'lifecycle',
    name: 'Won back',
    says: 'Ordered long ago, not for half a year, and again in the last 30 days.',
    needs: [role('order')],
    where: () => ({ restarted: order, quiet: '180 days', back: '30 days' }),
    adjust: [duration('Not for', 'where.quiet'), duration('Again in the last', 'where.back')],
  },
]
