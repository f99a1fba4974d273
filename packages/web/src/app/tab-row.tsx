import { ScrollArea, Tabs } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/** The tabs of `Tabs` in one row, which scrolls where it is longer than the screen; the chosen one is brought into view. */
export function TabRow({ label, active, children }: { label: string; active: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another one to bring into view
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [active])
  return (
    <ScrollArea type="never" mb="lg">
      <Tabs.List ref={list} aria-label={label} style={{ flexWrap: 'nowrap', minWidth: 'max-content' }}>
        {children}
      </Tabs.List>
    </ScrollArea>
  )
}
