import type { Status } from '@kindred/model'
import { Paper, Text } from '@mantine/core'
import { formatNumber, formatPercent } from '../app/format.ts'
import { PlainLink } from '../app/links.tsx'
import { kindWords } from '../people/kind-words.ts'
import classes from './home.module.css'

/** How many people there are and how well each part is known; each number opens its people. */
export function Headcount({ people }: { people: Status['people'] }) {
  const parts = [
    { label: 'People', count: people.all, says: 'everyone so far', kind: undefined },
    { label: kindWords.customer.many, count: people.customers, says: kindWords.customer.says.replace('has', 'have'), kind: 'customer' as const },
    { label: kindWords.known.many, count: people.known, says: 'have an e-mail, no order yet', kind: 'known' as const },
    { label: kindWords.anonymous.many, count: people.anonymous, says: 'no order, no e-mail', kind: 'anonymous' as const },
  ]
  return (
    <div className={classes.tiles}>
      {parts.map(({ label, count, says, kind }) => (
        <Paper key={label} withBorder className={classes.tile}>
          <PlainLink to="/people" search={{ kind }} className={classes.tileLink}>
            <Text component="span" c="dimmed" display="block">
              {label}
            </Text>
            <Text component="span" fz={24} fw={600} lh={1.3} display="block">
              {formatNumber(count)}
            </Text>
            <Text component="span" c="dimmed" fz="xs" display="block">
              {kind !== undefined && people.all > 0 && `${formatPercent(count / people.all)} · `}
              {says}
            </Text>
          </PlainLink>
        </Paper>
      ))}
    </div>
  )
}
