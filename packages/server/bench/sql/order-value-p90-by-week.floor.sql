select count() from kindred.events
where project_id = 1 and event = 'order_completed' and timestamp >= '2025-09-01 00:00:00' and timestamp < '2025-12-29 00:00:00' and not ignore(timestamp, properties.revenue)
