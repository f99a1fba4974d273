select count() from kindred.events
where project_id = 1 and event in ('product_viewed', 'product_added_to_cart', 'order_completed') and timestamp > '2025-10-03 00:00:00' and timestamp <= '2026-01-01 00:00:00' and not ignore(event, person_id, timestamp, properties.category)
