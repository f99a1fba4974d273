-- People who viewed a page in the year, by country.
select e.country_code as key, uniqExact(if(o.to_id = 0, e.person_id, o.to_id)) as value
from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
where e.project_id = 1 and e.event = '$pageview' and e.timestamp >= '2025-01-01 00:00:00' and e.timestamp < '2026-01-01 00:00:00'
group by key
