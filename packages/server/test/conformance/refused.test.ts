import { expect, test } from 'vitest'
import { NotSupported } from '../../conformance/case.ts'
import { outcomeOfError } from '../../conformance/refused.ts'

test('a case that is refused is left out where its area is not built, and fails everywhere else', () => {
  const refused = new NotSupported('cohort/unsupported')
  expect(outcomeOfError(refused, { area: 'funnels' })).toBe(refused)
  for (const area of ['cohorts', 'breakdown', 'formula', 'identity', 'operators', 'trends', 'an area added later']) {
    expect(outcomeOfError(refused, { area }), area).toMatchObject({ problem: 'refused as not supported: cohort/unsupported' })
  }
  expect(outcomeOfError(new Error('broken'), { area: 'funnels' })).toMatchObject({ problem: 'broken' })
})
