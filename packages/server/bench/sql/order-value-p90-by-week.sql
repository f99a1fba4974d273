-- The value that nine orders in ten stay below, by week from Monday.
select toUInt32(toUnixTimestamp(toDateTime(toMonday(timestamp)))) as bucket, quantileExactInclusive(0.9)(accurateCastOrNull(properties.revenue, 'Float64')) as value
from kindred.events
where project_id = 1 and event = 'order_completed' and timestamp >= '2025-09-01 00:00:00' and timestamp < '2025-12-29 00:00:00'
group by bucket
