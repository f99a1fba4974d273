-- People with two orders of shoes in the last 60 days.
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event = 'order_completed' and e.timestamp > '2025-11-02 00:00:00' and e.timestamp <= '2026-01-01 00:00:00' and toString(e.properties.category) = 'shoes'
  group by person having count() >= 2
)
