-- The tenth of the buyers whose orders come to most, those included who tie with the last of them.
select count() as value from (
  select rank() over (order by spent desc) as place, count() over () as buyers from (
    select if(o.to_id = 0, e.person_id, o.to_id) as person, sum(toInt64(round(accurateCastOrNull(e.properties.revenue, 'Float64') * 100))) as spent
    from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
    where e.project_id = 1 and e.event = 'order_completed' and e.timestamp <= '2026-01-01 00:00:00'
    group by person
  )
)
where place <= ceil(buyers * 0.1 - 1e-9)
