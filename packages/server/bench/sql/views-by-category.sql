-- Product views of the year by a property in the JSON column.
select toString(properties.category) as key, count() as value
from kindred.events
where project_id = 1 and event = 'product_viewed' and timestamp >= '2025-01-01 00:00:00' and timestamp < '2026-01-01 00:00:00'
group by key
