import { duration, field, number, type Template, texts } from './template.ts'

/** A person whose standard field is the most frequent value of the project, which may be changed. */
function whose(id: string, key: string, words: { name: string; says: string; example: string }): Template {
  return {
    id,
    kind: 'demographic',
    name: words.name,
    says: words.says,
    needs: [field(key)],
    where: (data) => ({ property: `standard.${key}`, is: [data.value(key, words.example)], ignoringCase: true }),
    adjust: [texts(words.name, 'where.is')],
  }
}

export const demographic: readonly Template[] = [
  {
    id: 'age-range',
    kind: 'demographic',
    name: 'Aged 25 to 34',
    says: 'One generation, for offers and words that fit it.',
    needs: [field('age')],
    where: () => ({ property: 'standard.age', between: [25, 34] }),
    adjust: [number('From age', 'where.between.0'), number('To age', 'where.between.1')],
  },
  {
    id: 'age-group',
    kind: 'demographic',
    name: 'Of an age group',
    says: 'Everyone in one of the usual age groups, from the birth date, the age or the group that was declared.',
    needs: [field('age_group')],
    where: (data) => ({ property: 'standard.age_group', is: [data.value('age_group', '18-24')] }),
    adjust: [texts('Age groups', 'where.is')],
  },
  {
    id: 'birthday-soon',
    kind: 'demographic',
    name: 'Birthday within a week',
    says: 'In time for a greeting or a present.',
    needs: [field('birth_date')],
    where: () => ({ property: 'standard.birth_date', anniversaryWithinNext: '7 days' }),
    adjust: [duration('Within the next', 'where.anniversaryWithinNext')],
  },
  {
    id: 'income-above',
    kind: 'demographic',
    name: 'Income of 60,000 or more',
    says: 'For products whose price decides who buys them.',
    needs: [field('income')],
    where: () => ({ property: 'standard.income', atLeast: 60_000 }),
    adjust: [number('Income a year', 'where.atLeast')],
  },
  whose('gender', 'gender', { name: 'Of a gender', says: 'For collections made for one gender.', example: 'female' }),
  whose('profession', 'profession', { name: 'Of a profession', says: 'What people work as, for examples they know from their own days.', example: 'Teacher' }),
  whose('education', 'education', { name: 'Of a level of education', says: 'How long people studied.', example: 'Bachelor' }),
  whose('marital-status', 'marital_status', { name: 'Of a marital status', says: 'Singles, couples, married people.', example: 'Married' }),
  whose('nationality', 'nationality', { name: 'Of a nationality', says: 'Where people are from, wherever they live.', example: 'Irish' }),
  {
    id: 'large-household',
    kind: 'demographic',
    name: 'Households of three or more',
    says: 'Families: larger packs, larger carts.',
    needs: [field('household_size')],
    where: () => ({ property: 'standard.household_size', atLeast: 3 }),
    adjust: [number('People in the household', 'where.atLeast')],
  },
]
