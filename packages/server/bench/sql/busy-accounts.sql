-- Companies of two industries with two people who each looked at three products in 90 days with the company, and without an order in 30 days.
select count() as value from kindred.accounts as a final
where a.project_id = 1 and a.type = 'company' and toString(a.properties.industry) in ('retail', 'software')
and a.key in (
  select company from (
    select e.groups['company'] as company, if(o.to_id = 0, e.person_id, o.to_id) as person
    from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
    where e.project_id = 1 and e.event = 'product_viewed' and e.timestamp > '2025-10-03 00:00:00' and e.timestamp <= '2026-01-01 00:00:00' and e.groups['company'] != ''
    group by company, person having count() >= 3
  ) where person in (select person_id from kindred.persons final where project_id = 1) group by company having count() >= 2
)
and a.key not in (
  select e.groups['company'] from kindred.events as e
  where e.project_id = 1 and e.event = 'order_completed' and e.timestamp > '2025-12-02 00:00:00' and e.timestamp <= '2026-01-01 00:00:00'
)
