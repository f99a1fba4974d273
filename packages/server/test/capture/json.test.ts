import { isAscii } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiJson, checkNesting, parseJson, writeJson } from '../../src/capture/json.ts'

test.each(['{"n":9007199254740993}', '[18446744073709551615,-9223372036854775808]', '{"deep":[{"n": 12345678901234567890 }],"s":"x"}'])(
  'the digits of %s are kept',
  (text) => {
    expect(writeJson(parseJson(text))).toBe(text.replaceAll(' ', ''))
  },
)

test('an integer of more than 64 bits, or a number no double holds, becomes its text', () => {
  expect(parseJson('[18446744073709551616,-9223372036854775809,1e400]')).toEqual(['18446744073709551616', '-9223372036854775809', '1e400'])
})

test.each(['[0.1,1e-7,1e21,-0.5,12.0]', '{"text":"1234567890123456789, 1e999"}', '9007199254740991', '[0.30000000000000004]'])(
  '%s is read as JSON.parse reads it',
  (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  },
)

test('a key given twice counts once, the last, as JSON.parse has it', () => {
  expect(parseJson('{"a":1,"a":12345678901234567890}')).toEqual({ a: 12345678901234567890n })
})

test('any JSON goes round', () => {
  const keys = fc.string().filter((key) => key !== '__proto__')
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, min: -(2 ** 62), max: 2 ** 62 }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(keys, tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(writeJson(parseJson(writeJson(value))))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('any JSON has a form in ASCII that reads as the same', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = writeJson(value)
      const ascii = asciiJson(text)
      expect(isAscii(Buffer.from(ascii))).toBe(true)
      expect(JSON.parse(ascii)).toEqual(JSON.parse(text))
      expect(asciiJson(ascii)).toBe(ascii)
    }),
  )
})

test('a character of two halves is told from half of one', () => {
  expect(asciiJson('"Zoë 漢 😀"')).toBe('"Zo\\u00EB \\u6F22 \\uD83D\\uDE00"')
  expect(asciiJson(writeJson('\ud83d'))).toBe('"\\ud83d"')
  expect(asciiJson('"\ud83d!"')).toBe('"\\ud83d!"')
})

test.each(['[', '{"a":', '["]",'])('nothing but brackets is not read: %s 200,001 times', (opening) => {
  expect(() => parseJson(opening.repeat(200_001))).toThrow('nests deeper than 200,000 levels')
  expect(() => checkNesting(opening.repeat(200_000))).not.toThrow()
})

test('brackets within texts, and those that are closed, open nothing', () => {
  const brackets = '['.repeat(200_001)
  for (const text of [`["${brackets}"]`, `["a\\"${brackets}"]`, `["\\\\\\"${brackets}","${brackets}"]`, '[]'.repeat(200_001), `"${brackets}`]) {
    expect(() => checkNesting(text)).not.toThrow()
  }
  for (const text of [`["a",${brackets}`, `["\\\\",${brackets}`]) expect(() => checkNesting(text)).toThrow(RangeError)
})
