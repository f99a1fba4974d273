/** A guide's text as the page shows it: headings, paragraphs and lists, with bold runs inside. */
export type Block = { kind: 'heading'; text: string } | { kind: 'paragraph'; runs: Run[] } | { kind: 'list'; items: Run[][] }
export interface Run {
  text: string
  bold: boolean
}

/** `## ` begins a heading, `- ` an item, `**…**` is bold; anything else is text as it stands, so nothing in it is ever markup of the page. */
export function readGuideText(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '') continue
    const last = blocks.at(-1)
    if (line.startsWith('## ')) blocks.push({ kind: 'heading', text: line.slice(3).trim() })
    else if (!line.startsWith('- ')) blocks.push({ kind: 'paragraph', runs: runsOf(line) })
    else if (last?.kind === 'list') last.items.push(runsOf(line.slice(2)))
    else blocks.push({ kind: 'list', items: [runsOf(line.slice(2))] })
  }
  return blocks
}

function runsOf(line: string): Run[] {
  return line
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) => (/^\*\*[^*]+\*\*$/.test(part) ? { text: part.slice(2, -2), bold: true } : { text: part, bold: false }))
}
