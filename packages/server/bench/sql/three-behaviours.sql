-- People who looked at shoes twice in 90 days and put two of something into a cart in 60, and bought no shoes in 60: one pass over the three events.
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event in ('product_viewed', 'product_added_to_cart', 'order_completed') and e.timestamp > '2025-10-03 00:00:00' and e.timestamp <= '2026-01-01 00:00:00'
    and (e.event = 'product_viewed' and toString(e.properties.category) = 'shoes'
      or e.event = 'product_added_to_cart' and e.timestamp > '2025-11-02 00:00:00' and accurateCastOrNull(e.properties.quantity, 'Float64') >= 2
      or e.event = 'order_completed' and e.timestamp > '2025-11-02 00:00:00' and toString(e.properties.category) = 'shoes')
  group by person
  having countIf(e.event = 'product_viewed') >= 2 and countIf(e.event = 'product_added_to_cart') >= 1 and countIf(e.event = 'order_completed') = 0
)
