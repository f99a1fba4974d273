import { type TemplateReply, templateKinds } from '@kindred/model'
import { Group, SimpleGrid, Title } from '@mantine/core'
import { useState } from 'react'
import { useProjectList } from '../../api/project.ts'
import { TextLink } from '../../app/links.tsx'
import { TemplateCard } from './template-card.tsx'
import { TemplateDialog } from './template-dialog.tsx'

/** One template of each kind that this project has the data for, and the way to the others. */
export function FewTemplates() {
  const { data } = useProjectList<TemplateReply>('templates')
  const [opened, setOpened] = useState<string | null>(null)
  const ready = (data ?? []).filter((each) => each.ready)
  const few = templateKinds.flatMap((kind) => ready.find((each) => each.kind === kind) ?? []).slice(0, 9)
  const shown = data?.find(({ id }) => id === opened)
  return (
    <section aria-label="Templates">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Start from a template</Title>
        <TextLink to="/segments/templates">All {data?.length ?? ''} templates</TextLink>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {few.map((each) => (
          <TemplateCard key={each.id} template={each} onOpen={() => setOpened(each.id)} />
        ))}
      </SimpleGrid>
      {shown !== undefined && <TemplateDialog key={shown.id} template={shown} onClose={() => setOpened(null)} />}
    </section>
  )
}
