import type { Condition } from '@kindred/model'
import { duration, field, number, type Template, texts } from './template.ts'

const webinars = ['webinar_attended', 'Webinar Attended', 'webinar_registered'] as const
const tradeShows = ['trade_show_visited', 'Trade Show Visited', 'event_attended'] as const
const leadForms = ['lead_form_submitted', 'Lead Form Submitted', 'form_submitted', 'Form Submitted'] as const
const meetings = ['sales_meeting_held', 'Sales Meeting Held', 'meeting_held', 'demo_held'] as const

/** Accounts with a value of a standard field. */
function account(id: string, key: string, words: { name: string; says: string; example: string; list?: true }): Template {
  const operator = words.list === true ? 'hasAnyOf' : 'is'
  return {
    id,
    kind: 'firmographic',
    unit: 'account',
    name: words.name,
    says: words.says,
    needs: [field(key)],
    where: (data) => ({ property: `standard.${key}`, [operator]: [data.value(key, words.example)], ignoringCase: true }) as Condition,
    adjust: [texts(words.name, `where.${operator}`)],
  }
}

/** People with a value of a standard field of their work. */
function persona(id: string, key: string, words: { name: string; says: string; example: string; kind?: 'intent' }): Template {
  return {
    id,
    kind: words.kind ?? 'persona',
    name: words.name,
    says: words.says,
    needs: [field(key)],
    where: (data) => ({ property: `standard.${key}`, is: [data.value(key, words.example)], ignoringCase: true }),
    adjust: [texts(words.name, 'where.is')],
  }
}

function took(id: string, name: string, words: { says: string; events: readonly [string, ...string[]]; what: string }): Template {
  return {
    id,
    kind: 'engagement',
    name,
    says: words.says,
    needs: [{ events: words.events, says: words.what }],
    where: (data) => ({ did: data.event(...words.events), within: { last: '180 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  }
}

const firmographic: readonly Template[] = [
  account('industry', 'industry', { name: 'Of an industry', says: 'One of the ten usual industries, or your own.', example: 'Finance' }),
  account('vertical', 'vertical', { name: 'Of a vertical', says: 'The narrower market inside an industry.', example: 'Insurance' }),
  account('business-model', 'business_model', { name: 'Of a business model', says: 'B2B, B2C, B2B2C or marketplace.', example: 'B2B' }),
  account('technology-stack', 'technology_stack', {
    name: 'Works with a technology',
    says: 'What you would have to fit to.',
    example: 'Salesforce',
    list: true,
  }),
  account('account-country', 'account_country', { name: 'Accounts of a country', says: 'By the seat of the company.', example: 'Ireland' }),
  {
    id: 'company-size',
    kind: 'firmographic',
    unit: 'account',
    name: 'Fifty to 500 employees',
    says: 'Companies of the size you serve best.',
    needs: [field('employees')],
    where: () => ({ property: 'standard.employees', between: [50, 500] }),
    adjust: [number('Employees from', 'where.between.0'), number('Employees to', 'where.between.1')],
  },
  {
    id: 'company-revenue',
    kind: 'firmographic',
    unit: 'account',
    name: 'Revenue of ten million or more',
    says: 'What a company turns over in a year.',
    needs: [field('company_revenue')],
    where: () => ({ property: 'standard.company_revenue', atLeast: 10_000_000 }),
    adjust: [number('Revenue a year', 'where.atLeast')],
  },
]

const personas: readonly Template[] = [
  {
    id: 'job-title',
    kind: 'persona',
    name: 'Job title contains …',
    says: 'Whoever calls themselves so.',
    needs: [field('job_title')],
    where: () => ({ property: 'standard.job_title', contains: ['Manager'], ignoringCase: true }),
    adjust: [texts('Words in the title', 'where.contains')],
  },
  persona('job-function', 'job_function', {
    name: 'Works in a function',
    says: 'Marketing, finance, operations: their words, their numbers.',
    example: 'Marketing',
  }),
  persona('seniority', 'seniority', { name: 'Of a seniority', says: 'From assistant to chief.', example: 'Director' }),
  persona('buying-role', 'buying_role', { name: 'Has a part in the buying group', says: 'Who decides, who uses, who pays.', example: 'Decision maker' }),
  {
    id: 'active-director',
    kind: 'persona',
    unit: 'account',
    name: 'A director was active this month',
    says: 'Accounts where somebody who decides came by.',
    needs: [field('seniority')],
    where: () => ({
      people: 'any',
      where: {
        all: [
          { property: 'standard.seniority', is: ['Director', 'Chief'], ignoringCase: true },
          { did: { any: true }, within: { period: 'this month' } },
        ],
      },
    }),
    adjust: [texts('Seniorities', 'where.where.all.0.is')],
  },
]

const intent: readonly Template[] = [
  persona('use-case', 'use_case', { kind: 'intent', name: 'Has a use case', says: 'What they want to do with it.', example: 'Reporting' }),
  persona('buying-intent', 'buying_intent', {
    kind: 'intent',
    name: 'Said they want to buy',
    says: 'What people answered when asked how soon.',
    example: 'High',
  }),
  {
    id: 'pricing-visits',
    kind: 'intent',
    name: 'Keeps reading the prices',
    says: 'Read the page of prices three times or more in two weeks.',
    needs: [{ events: ['$pageview'], says: 'page views' }],
    where: () => ({
      did: '$pageview',
      where: [{ property: '$current_url', pathStartsWith: ['/pricing'] }],
      count: { atLeast: 3 },
      within: { last: '14 days' },
    }),
    adjust: [texts('The path begins with', 'where.where.0.pathStartsWith'), number('At least so often', 'where.count.atLeast')],
  },
  {
    id: 'account-surge',
    kind: 'intent',
    unit: 'account',
    name: 'Several people of an account look around',
    says: 'Three people or more of one account came within two weeks.',
    needs: [field('account_name')],
    where: () => ({ people: { atLeast: 3 }, where: { did: { any: true }, within: { last: '14 days' } } }),
    adjust: [number('People at least', 'where.people.atLeast'), duration('In the last', 'where.where.within.last')],
  },
]

const engagement: readonly Template[] = [
  took('trade-shows', 'Met at a trade show', { says: 'Shook hands in the last half year.', events: tradeShows, what: 'visits of a trade show' }),
  took('webinars', 'Attended a webinar', { says: 'Gave you an hour of theirs.', events: webinars, what: 'visits of a webinar' }),
  took('lead-forms', 'Filled in a lead form', { says: 'Asked to be spoken to.', events: leadForms, what: 'forms that were filled in' }),
  took('sales-meetings', 'Had a sales meeting', { says: 'In conversation.', events: meetings, what: 'sales meetings' }),
  {
    id: 'business-email',
    kind: 'engagement',
    name: 'Reads your e-mail at work',
    says: 'Has a company, and opened an e-mail in the last 90 days.',
    needs: [field('company'), { messages: 'email' }],
    where: () => ({
      all: [
        { property: 'standard.company', exists: true },
        { message: 'opened', channel: 'email', within: { last: '90 days' } },
      ],
    }),
    adjust: [duration('In the last', 'where.all.1.within.last')],
  },
  {
    id: 'all-channels',
    kind: 'engagement',
    name: 'Engaged on several channels',
    says: 'On at least two of: site, e-mail, webinar, trade show, meeting.',
    needs: [field('company')],
    where: (data) => ({
      atLeast: 2,
      of: [
        { did: '$pageview', within: { last: '90 days' } },
        { message: 'opened', channel: 'email', within: { last: '90 days' } },
        { did: data.event(...webinars), within: { last: '180 days' } },
        { did: data.event(...tradeShows), within: { last: '180 days' } },
        { did: data.event(...meetings), within: { last: '180 days' } },
      ],
    }),
    adjust: [number('Channels at least', 'where.atLeast')],
  },
]

export const business: readonly Template[] = [...firmographic, ...personas, ...intent, ...engagement]
