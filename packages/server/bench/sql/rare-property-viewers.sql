-- People with an event of the last 30 days in which one of 300 properties has a certain value.
select uniqExact(if(o.to_id = 0, e.person_id, o.to_id)) as value
from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
where e.project_id = 1 and e.timestamp > '2025-12-02 00:00:00' and e.timestamp <= '2026-01-01 00:00:00' and toString(e.properties.property_40) = 'alpha'
