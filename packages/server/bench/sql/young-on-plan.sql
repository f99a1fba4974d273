-- People in two countries, on a paid plan, under thirty: read from their properties alone.
select count() as value from kindred.persons final
where project_id = 1 and toString(properties.country) in ('IE', 'GB') and toString(properties.plan) in ('plus', 'pro') and accurateCastOrNull(properties.age, 'Float64') < 30
