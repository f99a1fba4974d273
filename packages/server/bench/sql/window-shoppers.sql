-- People who viewed five products in the last half year and have never ordered.
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event in ('product_viewed', 'order_completed') and e.timestamp <= '2026-01-01 00:00:00'
  group by person having countIf(e.event = 'product_viewed' and e.timestamp > '2025-07-05 00:00:00') >= 5 and countIf(e.event = 'order_completed') = 0
)
