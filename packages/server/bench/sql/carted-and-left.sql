-- People who looked at shoes, put something into a cart within 7 days, and did not order within 7 days of that.
with 7 * 86400000 as week
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person,
    arraySort(groupArrayIf(toUnixTimestamp64Milli(e.timestamp), e.event = 'product_viewed' and toString(e.properties.category) = 'shoes' and e.timestamp <= '2026-01-01 00:00:00')) as views,
    groupArrayIf(toUnixTimestamp64Milli(e.timestamp), e.event = 'product_added_to_cart') as carts,
    arraySort(groupArrayIf(toUnixTimestamp64Milli(e.timestamp), e.event = 'order_completed')) as orders
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event in ('product_viewed', 'product_added_to_cart', 'order_completed') and e.timestamp > '2025-10-03 00:00:00' and e.timestamp <= '2026-01-01 00:00:00'
  group by person
  having notEmpty(views) and notEmpty(carts)
)
where arrayExists(cart -> cart + week <= toUnixTimestamp64Milli(toDateTime64('2026-01-01 00:00:00', 3, 'UTC'))
  and not arrayExists(paid -> paid > cart and paid <= cart + week, orders)
  and arrayExists(view -> view < cart and cart - view <= week, views), carts)
