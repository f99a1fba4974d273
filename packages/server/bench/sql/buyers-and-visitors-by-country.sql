-- Visitors and buyers of the year by country, for the share who buy.
select country_code as key, [uniqExactIf(person, event = '$pageview'), uniqExactIf(person, event = 'order_completed')] as value
from (
  select e.event as event, e.country_code as country_code, if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event in ('$pageview', 'order_completed') and e.timestamp >= '2025-01-01 00:00:00' and e.timestamp < '2026-01-01 00:00:00'
)
group by key
