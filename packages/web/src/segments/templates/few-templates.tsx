import { templateKinds } from '@kindred/model'
import { Group, SimpleGrid, Skeleton, Title } from '@mantine/core'
import { useState } from 'react'
import { TextLink } from '../../app/links.tsx'
import { TemplateCard } from './template-card.tsx'
import { TemplateDialog } from './template-dialog.tsx'
import { useTemplates } from './use-templates.ts'

/** One template of each kind that this project has the data for (of all, where it has none yet), and the way to the others. */
export function FewTemplates() {
  const { data, isPending, isError } = useTemplates()
  const [opened, setOpened] = useState<string | null>(null)
  const ready = (data ?? []).filter((each) => each.ready)
  const offered = ready.length > 0 ? ready : (data ?? [])
  const few = templateKinds.flatMap((kind) => offered.find((each) => each.kind === kind) ?? []).slice(0, 9)
  const shown = data?.find(({ id }) => id === opened)
  if (isError) return null
  return (
    <section aria-label="Templates">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Start from a template</Title>
        <TextLink to="/segments/templates">All {data?.length ?? ''} templates</TextLink>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {isPending && ['first', 'second', 'third'].map((each) => <Skeleton key={each} height={120} />)}
        {few.map((each) => (
          <TemplateCard key={each.id} template={each} onOpen={() => setOpened(each.id)} />
        ))}
      </SimpleGrid>
      {shown !== undefined && <TemplateDialog key={shown.id} template={shown} onClose={() => setOpened(null)} />}
    </section>
  )
}
