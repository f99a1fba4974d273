import { Badge, SimpleGrid, Text } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { PlainLink } from '../../app/links.tsx'
import { useEvents, useProperties } from '../../data/known-names.ts'
import classes from './list.module.css'
import { templates } from './templates.ts'

/** Examples to start from; each opens in the builder, counted at once. */
export function TemplateList() {
  const { data: events } = useEvents()
  const { data: properties } = useProperties()
  const { data: project } = useProject()
  if (!events || !properties || !project) return null
  const offered = templates({ events, properties, roles: project.roles })
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      {offered.map(({ kind, name, says, definition }) => (
        <PlainLink key={name} to="/segments/new" search={{ where: definition.where }} className={classes.card}>
          <Badge variant="outline" color="gray" c="var(--mantine-color-text)" mb={4}>
            {kind}
          </Badge>
          <Text fw={600}>{name}</Text>
          <Text c="dimmed">{says}</Text>
        </PlainLink>
      ))}
    </SimpleGrid>
  )
}
