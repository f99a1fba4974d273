import { Checkbox, Group, Table } from '@mantine/core'
import { overallWords, pointOf, type ShownRow } from '../answer/shown-answer.ts'
import { colourOf, inksOf } from '../chart/palette.ts'
import { ChangeWords } from './change.tsx'
import { NumberButton } from './number-button.tsx'
import type { OpenPoint } from './open-point.ts'
import classes from './results.module.css'
import { useScheme } from './use-scheme.ts'

interface LegendProps {
  rows: ShownRow[]
  hidden: ReadonlySet<string>
  onHide: (hidden: ReadonlySet<string>) => void
  onOpen: OpenPoint
}

/** The rows of a chart: their colour, their total, and whether they are drawn. */
export function Legend({ rows, hidden, onHide, onOpen }: LegendProps) {
  const scheme = useScheme()
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    onHide(next)
  }
  return (
    <Table className={classes.legend} verticalSpacing={4}>
      <Table.Thead className={classes.quietHead}>
        <Table.Tr>
          <Table.Th>Row</Table.Th>
          <Table.Th ta="right">Total</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Td>
              {rows.length === 1 ? (
                <Group gap="xs">
                  <span className={classes.swatch} style={{ background: colourOf(row.place, scheme) }} aria-hidden />
                  {row.name}
                </Group>
              ) : (
                <Checkbox
                  size="sm"
                  checked={!hidden.has(row.key)}
                  onChange={() => toggle(row.key)}
                  color={colourOf(row.place, scheme)}
                  iconColor={inksOf(scheme).page}
                  label={row.name}
                />
              )}
            </Table.Td>
            <Table.Td ta="right">
              <ChangeWords row={row} />{' '}
              <NumberButton of={row.name} onClick={() => onOpen(pointOf(row), row.name)}>
                {overallWords(row)}
              </NumberButton>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
