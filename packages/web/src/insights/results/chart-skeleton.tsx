import { Skeleton } from '@mantine/core'

export const chartHeight = 360

/** The place of a chart that is on its way. */
export const ChartSkeleton = () => <Skeleton height={chartHeight} role="status" aria-label="Loading the chart" />
