-- Product views of the last quarter where one of 300 properties has a certain value, by day.
select toUInt32(toUnixTimestamp(toStartOfDay(timestamp))) as bucket, count() as value
from kindred.events
where project_id = 1 and event = 'product_viewed' and timestamp >= '2025-10-01 00:00:00' and timestamp < '2026-01-01 00:00:00' and toString(properties.property_40) = 'alpha'
group by bucket
