import { field, number, role, type Template, texts } from './template.ts'

const surveyEvents = ['survey_answered', 'survey sent', 'survey_submitted'] as const

/** What people said of themselves: one of the values of a list. */
function says(key: string, words: { name: string; says: string; example: string }): Template {
  return {
    id: key.replaceAll('_', '-'),
    kind: 'psychographic',
    name: words.name,
    says: words.says,
    needs: [field(key)],
    where: (data) => ({ property: `standard.${key}`, hasAnyOf: [data.value(key, words.example)], ignoringCase: true }),
    adjust: [texts(words.name, 'where.hasAnyOf')],
  }
}

export const psychographic: readonly Template[] = [
  says('personality', { name: 'Of a personality', says: 'Planner or explorer: the same thing, told in two ways.', example: 'Explorer' }),
  says('attitudes', { name: 'Holds an attitude', says: 'What people think of price, quality or novelty.', example: 'Price matters' }),
  says('hobbies', { name: 'Has a hobby', says: 'What they do on a free day.', example: 'Hiking' }),
  says('interests', { name: 'Is interested in …', says: 'From surveys, forms and quizzes.', example: 'Hiking' }),
  says('values', { name: 'Values …', says: 'What must be right for them to buy.', example: 'Sustainability' }),
  says('lifestyle', { name: 'Leads a lifestyle', says: 'Outdoors, family, city: the pictures to show.', example: 'Outdoors' }),
  {
    id: 'eco-conscious',
    kind: 'psychographic',
    name: 'Eco-conscious',
    says: 'Said that sustainability matters to them, as a value or in a survey.',
    needs: [{ anyOf: [field('values'), { events: surveyEvents, says: 'answers to surveys' }] }],
    where: (data) => ({
      any: [
        { property: 'standard.values', hasAnyOf: ['Sustainability', 'Environment', 'Ecology'], ignoringCase: true },
        { survey: { question: data.property('attitude_sustainability', 'sustainability') }, atLeast: 4 },
      ],
    }),
    adjust: [texts('Values', 'where.any.0.hasAnyOf'), number('Agrees with at least', 'where.any.1.atLeast')],
  },
  {
    id: 'survey-answer',
    kind: 'psychographic',
    name: 'Answered a question so',
    says: 'The last answer to one question of a survey: here, the unhappy ones.',
    needs: [{ events: surveyEvents, says: 'answers to surveys' }],
    where: (data) => ({ survey: { question: data.property('satisfaction', 'score', 'nps', '$survey_response') }, atMost: 2 }),
    adjust: [number('Answered at most', 'where.atMost')],
  },
  {
    id: 'interest-inferred',
    kind: 'psychographic',
    name: 'Seems interested in a category',
    says: 'Inferred from what they look at, not said by them: at least half of what they looked at in 90 days is of one category.',
    inferred: true,
    needs: [role('product_viewed'), { propertyRole: 'category' }],
    where: (data) => {
      const category = data.propertyRole('category', 'category')
      const looked = { did: { role: 'product_viewed' as const }, within: { last: '90 days' } }
      return {
        all: [
          { ...looked, count: { atLeast: 4 } },
          { ...looked, where: [{ property: category, is: [data.eventValue(category, 'Shoes')] }], share: { atLeast: 50 } },
        ],
      }
    },
    adjust: [texts('Categories', 'where.all.1.where.0.is'), number('At least percent of looks', 'where.all.1.share.atLeast')],
  },
]
