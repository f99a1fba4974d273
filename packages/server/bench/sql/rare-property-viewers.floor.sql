select count() from kindred.events where project_id = 1 and timestamp > '2025-12-02 00:00:00' and timestamp <= '2026-01-01 00:00:00' and not ignore(person_id, timestamp, properties.property_40)
