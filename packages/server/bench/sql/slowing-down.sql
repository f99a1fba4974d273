-- People who looked at fewer than half as many products in the last 30 days as in the 30 days from 2 November.
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event = 'product_viewed' and e.timestamp >= '2025-11-02 00:00:00' and e.timestamp <= '2026-01-01 00:00:00'
  group by person
  having countIf(e.timestamp > '2025-12-02 00:00:00') < 0.5 * countIf(e.timestamp < '2025-12-02 00:00:00')
)
