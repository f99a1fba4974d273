select count() from kindred.persons final where project_id = 1 and not ignore(properties.country, properties.plan, properties.age)
