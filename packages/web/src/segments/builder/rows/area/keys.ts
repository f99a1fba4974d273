import type { KeyboardEvent } from 'react'
import type { Shares } from './view.ts'

const arrows: Readonly<Record<string, Shares>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** Does what a key stands for, and nothing else with it. An arrow comes with where it points: right and down are positive. */
export function onKey(event: KeyboardEvent, actOf: (key: string, arrow: Shares | undefined) => (() => void) | undefined): void {
  const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actOf(event.key, arrows[event.key])
  if (act === undefined) return
  event.preventDefault()
  event.stopPropagation()
  act()
}
