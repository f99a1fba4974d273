import { ScrollArea, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { bucketWords } from '../answer/bucket-words.ts'
import { overallWords, pointOf, type ShownAnswer, type ShownRow } from '../answer/shown-answer.ts'
import { ChangeWords } from './change.tsx'
import { NumberButton } from './number-button.tsx'
import type { OpenPoint } from './open-point.ts'
import { pivot } from './pivot.ts'
import classes from './results.module.css'

interface TableProps {
  shown: ShownAnswer
  onOpen: OpenPoint
}

/** Every number of an answer: over time a column for each bucket, else a column for each measure. */
export function TableResult({ shown, onOpen }: TableProps) {
  return shown.answer.buckets.length > 0 ? <TimeTable shown={shown} onOpen={onOpen} /> : <WholeTable shown={shown} onOpen={onOpen} />
}

function TimeTable({ shown, onOpen }: TableProps) {
  const { buckets, previousBuckets, interval } = shown.answer
  return (
    <Frame
      head={
        <>
          <Table.Th className={classes.pinned}>Row</Table.Th>
          <Table.Th ta="right">Total</Table.Th>
          {buckets.map((bucket) => (
            <Table.Th key={bucket.start} ta="right">
              {bucketWords(bucket, interval)}
            </Table.Th>
          ))}
        </>
      }
    >
      {shown.rows.flatMap((row) => {
        const periods = [
          { compare: 'current' as const, ...row, of: buckets },
          ...(row.previous === null ? [] : [{ compare: 'previous' as const, ...row.previous, of: previousBuckets }]),
        ]
        return periods.map(({ compare, data, total, of }) => {
          const name = compare === 'current' ? row.name : `${row.name} (period before)`
          return (
            <Table.Tr key={`${row.key}${compare}`}>
              <Table.Th scope="row" className={classes.pinned}>
                {name}
              </Table.Th>
              <Table.Td ta="right">
                <NumberButton of={name} onClick={() => onOpen(pointOf(row, undefined, compare), name)}>
                  {overallWords({ ...row, data, total })}
                </NumberButton>
              </Table.Td>
              {of.map((bucket, index) => {
                const title = `${row.name}, ${bucketWords(bucket, interval)}`
                return (
                  <Table.Td key={bucket.start} ta="right">
                    <NumberButton of={title} onClick={() => onOpen(pointOf(row, bucket.start, compare), title)}>
                      {row.write.full(data[index] ?? 0)}
                    </NumberButton>
                  </Table.Td>
                )
              })}
            </Table.Tr>
          )
        })
      })}
    </Frame>
  )
}

function WholeTable({ shown, onOpen }: TableProps) {
  const { columns, lines } = pivot(shown.rows)
  return (
    <Frame
      head={
        <>
          <Table.Th className={classes.pinned}>{lines.length > 1 ? 'Value' : 'Measure'}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column.key} ta="right">
              {column.name}
            </Table.Th>
          ))}
        </>
      }
    >
      {lines.map((line) => (
        <Table.Tr key={line.key}>
          <Table.Th scope="row" className={classes.pinned}>
            {line.name}
          </Table.Th>
          {line.cells.map((row, index) => (
            <Table.Td key={columns[index]?.key} ta="right">
              {row === null ? '' : <Cell row={row} onOpen={onOpen} />}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Frame>
  )
}

const Cell = ({ row, onOpen }: { row: ShownRow; onOpen: OpenPoint }) => (
  <>
    <NumberButton of={row.name} onClick={() => onOpen(pointOf(row), row.name)}>
      {row.write.full(row.total)}
    </NumberButton>{' '}
    <ChangeWords row={row} />
  </>
)

const Frame = ({ head, children }: { head: ReactNode; children: ReactNode }) => (
  <ScrollArea.Autosize mah={560} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Table of the numbers', role: 'region' }}>
    <Table stickyHeader highlightOnHover className={classes.table}>
      <Table.Thead>
        <Table.Tr>{head}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  </ScrollArea.Autosize>
)
