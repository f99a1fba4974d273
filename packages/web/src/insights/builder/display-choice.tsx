import type { Display } from '@kindred/model'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChartBar, IconChartLine, IconLayoutList, IconNumber123, IconTable, IconWorld } from '../../app/icons.tsx'

const choices: { display: Display; words: string; Icon: typeof IconWorld }[] = [
  { display: 'line', words: 'Line over time', Icon: IconChartLine },
  { display: 'bar', words: 'Bars over time', Icon: IconChartBar },
  { display: 'ranking', words: 'Value ranking', Icon: IconLayoutList },
  { display: 'number', words: 'Number', Icon: IconNumber123 },
  { display: 'table', words: 'Table', Icon: IconTable },
  { display: 'map', words: 'World map', Icon: IconWorld },
]

/** How the answer is shown. */
export function DisplayChoice({ display, onChange }: { display: Display; onChange: (display: Display) => void }) {
  return (
    <ActionIcon.Group role="group" aria-label="Show as">
      {choices.map(({ display: each, words, Icon }) => (
        <Tooltip key={each} label={words}>
          <ActionIcon
            size={36}
            variant={each === display ? 'light' : 'default'}
            aria-label={words}
            aria-pressed={each === display}
            onClick={() => onChange(each)}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </ActionIcon.Group>
  )
}
