-- People who ordered in the year, by a property of the person as it is now.
select p.plan as key, count() as value
from (
  select distinct if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event = 'order_completed' and e.timestamp >= '2025-01-01 00:00:00' and e.timestamp < '2026-01-01 00:00:00'
) as buyers
left any join (select person_id, toString(properties.plan) as plan from kindred.persons final where project_id = 1) as p on p.person_id = buyers.person
group by key
