select count() from kindred.events where project_id = 1 and event = 'order_completed' and timestamp <= '2026-01-01 00:00:00' and not ignore(person_id, timestamp, properties.revenue)
