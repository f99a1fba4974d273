import { Box, Text } from '@mantine/core'
import { formatDate, formatNumber } from '../../../app/format.ts'

export interface SizePoint {
  /** Epoch milliseconds. */
  at: number
  size: number
}

const [width, height] = [640, 160]

/** A line of sizes; what was computed for the time before recording is dashed. The table below it says the same in numbers. */
export function SizeChart({ recorded, computed }: { recorded: readonly SizePoint[]; computed: readonly SizePoint[] }) {
  const all = [...computed, ...recorded]
  const [first, last] = [Math.min(...all.map(({ at }) => at)), Math.max(...all.map(({ at }) => at))]
  const most = Math.max(1, ...all.map(({ size }) => size))
  const place = ({ at, size }: SizePoint) =>
    `${last === first ? width / 2 : Math.round(((at - first) / (last - first)) * width)},${Math.round(height - (size / most) * (height - 8) - 2)}`
  return (
    <Box>
      <Text size="xs" c="dimmed">
        Up to {formatNumber(most)}
      </Text>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Size from ${formatDate(first)} to ${formatDate(last)}, at most ${formatNumber(most)}`}
      >
        <line x1={0} x2={width} y1={height - 1} y2={height - 1} stroke="var(--mantine-color-default-border)" />
        <polyline
          points={computed.map(place).join(' ')}
          fill="none"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={2}
          strokeDasharray="6 4"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={recorded.map(place).join(' ')}
          fill="none"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
        {recorded.length === 1 && recorded[0] && (
          <polyline
            points={`${place(recorded[0])} ${place(recorded[0])}`}
            fill="none"
            stroke="var(--mantine-primary-color-filled)"
            strokeWidth={8}
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <Text size="xs" c="dimmed">
        {first === last ? formatDate(first) : `${formatDate(first)} to ${formatDate(last)}`}
        {computed.length > 0 && '. Dashed: computed from what is known of the time before recording began'}
      </Text>
    </Box>
  )
}
