import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus, IconTrash } from '../../../../app/icons.tsx'
import classes from './area.module.css'
import { zoomStep } from './view.ts'

interface ToolsProps {
  onZoom: (times: number) => void
  onAll: () => void
  /** Null where there is nothing to clear. */
  onClear: (() => void) | null
}

export function MapTools({ onZoom, onAll, onClear }: ToolsProps) {
  const tools = [
    { label: 'Closer', Icon: IconPlus, act: () => onZoom(1 / zoomStep) },
    { label: 'Farther', Icon: IconMinus, act: () => onZoom(zoomStep) },
    { label: 'Show the whole area', Icon: IconMaximize, act: onAll },
    ...(onClear === null ? [] : [{ label: 'Take out all corners', Icon: IconTrash, act: onClear }]),
  ]
  return (
    <div className={classes.tools}>
      {tools.map(({ label, Icon, act }) => (
        <Tooltip key={label} label={label} position="left">
          <ActionIcon variant="default" size={30} aria-label={label} onClick={act}>
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
