import fc from 'fast-check'

const share = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }))

export const bucket = fc
  .tuple(share, share, fc.constantFrom('', 'spring', 'Früh jahr: a draw that is longer than sixteen bytes'))
  .filter(([one, other]) => one !== other)
  .map(([one, other, salt]) => ({ bucket: { from: Math.min(one, other), to: Math.max(one, other), ...(salt === '' ? {} : { salt }) } }))
