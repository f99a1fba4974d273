-- People with a page view in at least four of the last six weeks.
select count() as value from (
  select if(o.to_id = 0, e.person_id, o.to_id) as person
  from kindred.events as e left any join kindred.person_overrides as o on o.project_id = e.project_id and o.from_id = e.person_id
  where e.project_id = 1 and e.event = '$pageview' and e.timestamp > '2025-11-20 00:00:00' and e.timestamp <= '2026-01-01 00:00:00'
  group by person
  having bitCount(groupBitOr(bitShiftLeft(toUInt8(1), intDiv(1767225600000 - toUnixTimestamp64Milli(e.timestamp), 7 * 86400000)))) >= 4
)
