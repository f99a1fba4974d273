-- Revenue of orders in each month of the year, to the cent.
select toUInt32(toUnixTimestamp(toDateTime(toStartOfMonth(timestamp)))) as bucket, sum(toInt64(round(accurateCastOrNull(properties.revenue, 'Float64') * 100))) / 100 as value
from kindred.events
where project_id = 1 and event = 'order_completed' and timestamp >= '2025-01-01 00:00:00' and timestamp < '2026-01-01 00:00:00'
group by bucket
