import { Button, SegmentedControl, Stack, Text, Title, useMatches } from '@mantine/core'
import { useRef } from 'react'
import type { EventMapping } from './mapping-event.ts'
import { kindOf, type RowKind, withKind } from './mapping-kind.ts'
import type { PartProps } from './part.ts'

const kinds: { value: Exclude<RowKind, 'export'>; label: string }[] = [
  { value: 'event', label: 'Something that happened' },
  { value: 'person', label: 'A person' },
  { value: 'account', label: 'An account' },
]
const products = { posthog: 'PostHog', segment: 'Segment' } as const

/** What the rows of the file are: everything else follows from it. */
export function KindPart({ inspection, mapping, onChange }: PartProps) {
  const orientation = useMatches({ base: 'vertical', sm: 'horizontal' } as const)
  const kept = useRef<EventMapping | undefined>(mapping.event)
  if (mapping.event) kept.current = mapping.event
  const choose = (kind: RowKind) => onChange(withKind(mapping, kind, { columns: inspection.columns, ...(kept.current && { kept: kept.current }) }))
  const kind = kindOf(mapping)
  if (kind === 'export') {
    return (
      <Stack align="flex-start">
        <div>
          <Title order={3}>An export of {mapping.export === undefined ? 'another product' : products[mapping.export]}</Title>
          <Text c="dimmed">
            Each line is an event with its own id, time and person, so there is nothing to say. Events that came in live already are recognised and counted
            once.
          </Text>
        </div>
        <Button variant="default" onClick={() => choose('event')}>
          Say myself what the columns are
        </Button>
      </Stack>
    )
  }
  return (
    <Stack>
      <div>
        <Title order={3}>What a row is</Title>
        <Text c="dimmed">An order or a visit happened; a customer list holds people; a list of companies holds accounts.</Text>
      </div>
      <SegmentedControl
        aria-label="What a row is"
        orientation={orientation}
        style={{ alignSelf: 'flex-start' }}
        data={kinds}
        value={kind}
        onChange={(chosen) => choose(kinds.find(({ value }) => value === chosen)?.value ?? 'event')}
      />
    </Stack>
  )
}
