import type { TemplateKind } from '@kindred/model'

export const kindWords: Record<TemplateKind, { name: string; says: string }> = {
  demographic: { name: 'Demographic', says: 'Who people are: age, income, work, family' },
  geographic: { name: 'Geographic', says: 'Where people are' },
  behavioural: { name: 'Behavioural', says: 'What people do: buy, browse, visit, open' },
  psychographic: { name: 'Psychographic', says: 'What moves people: interests, values, attitudes' },
  technographic: { name: 'Technographic', says: 'What people use: devices, systems, apps' },
  'needs-based': { name: 'Needs-based', says: 'What people must have' },
  'value-based': { name: 'Value-based', says: 'What people are worth to you' },
  lifecycle: { name: 'Lifecycle', says: 'How far people have come with you' },
  firmographic: { name: 'Firmographic', says: 'What kind of company an account is' },
  persona: { name: 'Persona', says: 'Who buys at a company' },
  intent: { name: 'Intent', says: 'Who is about to buy, and for what' },
  engagement: { name: 'Engagement', says: 'How companies deal with you' },
}
