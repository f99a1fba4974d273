import { expect, test } from 'vitest'
import { readGuideText } from '../../src/guides/read-guide-text.ts'

test('headings, lists, paragraphs and bold runs are read; everything else is text', () => {
  expect(readGuideText('## Terms\r\n- **AOV**: value\n- PDP\n\nOne <b>line</b>.\n#no heading')).toEqual([
    { kind: 'heading', text: 'Terms' },
    {
      kind: 'list',
      items: [
        [
          { text: 'AOV', bold: true },
          { text: ': value', bold: false },
        ],
        [{ text: 'PDP', bold: false }],
      ],
    },
    { kind: 'paragraph', runs: [{ text: 'One <b>line</b>.', bold: false }] },
    { kind: 'paragraph', runs: [{ text: '#no heading', bold: false }] },
  ])
})

test('two stars that do not close stay stars', () => {
  expect(readGuideText('2 ** 3')).toEqual([{ kind: 'paragraph', runs: [{ text: '2 ** 3', bold: false }] }])
})
