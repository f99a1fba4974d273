import type { Segment } from '@kindred/model'
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime } from '../../../app/format.ts'
import { Loaded } from '../../../app/loaded.tsx'
import { Figures } from './figures.tsx'
import { OpenedDefinition, type OpenedNumber } from './opened-definition.tsx'
import { PersonaCard } from './persona-card.tsx'
import classes from './portrait.module.css'
import { ShareCard } from './share-card.tsx'
import { Unusual } from './unusual.tsx'
import { usePortrait, useShares } from './use-portrait.ts'

/** What the people of a segment are like, beside everyone. Each part comes when it is counted. */
export function Portrait({ segment }: { segment: Segment }) {
  const portrait = usePortrait(segment)
  const shares = useShares(segment)
  const [opened, setOpened] = useState<OpenedNumber | null>(null)
  return (
    <Stack gap="lg">
      <section aria-label="In numbers">
        <Loaded query={portrait} skeleton={<Tiles count={8} height={88} className={classes.figures} />}>
          {(found) => (
            <>
              {found.unit === 'account' && (
                <Text c="dimmed" mb="xs">
                  The people of these accounts:
                </Text>
              )}
              <Figures portrait={found} onOpen={setOpened} />
              <Text size="xs" c="dimmed" mt={4}>
                Exact at {formatDateTime(found.at)}. Reachable: an address, and consent to marketing in the ledger.
              </Text>
            </>
          )}
        </Loaded>
      </section>
      <PersonaCard segment={segment} />
      <Unusual segment={segment} onOpen={setOpened} />
      <section aria-labelledby="shares">
        <Title order={2} id="shares" mb="xs">
          What they are, use and buy
        </Title>
        <Loaded query={shares} skeleton={<Tiles count={3} height={280} className={classes.cards} />}>
          {({ groups, unit }) =>
            groups.length === 0 ? (
              <Text c="dimmed">
                Nothing is known of them yet: places, ages, devices, channels and categories show here as soon as an event or a profile tells.
              </Text>
            ) : (
              <div className={classes.cards}>
                {groups.map((group) => (
                  <ShareCard key={group.kind} group={group} unit={unit} onOpen={setOpened} />
                ))}
              </div>
            )
          }
        </Loaded>
      </section>
      <OpenedDefinition opened={opened} onClose={() => setOpened(null)} />
    </Stack>
  )
}

function Tiles({ count, height, className }: { count: number; height: number; className: string | undefined }) {
  return (
    <div className={className} role="status" aria-busy="true" aria-label="Counting">
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tiles are all alike and never move
        <Skeleton key={place} height={height} />
      ))}
    </div>
  )
}
