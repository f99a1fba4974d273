import { type TemplateKind, type TemplateReply, templateKinds } from '@kindred/model'
import { Chip, Group, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { formatNumber, plural } from '../../app/format.ts'
import { IconSearch } from '../../app/icons.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Page } from '../../app/page.tsx'
import { SegmentTabs } from '../../app/segment-tabs.tsx'
import { kindWords } from './kind-words.ts'
import { TemplateCard } from './template-card.tsx'
import { TemplateDialog } from './template-dialog.tsx'
import { useTemplates } from './use-templates.ts'

interface GallerySearch {
  kind?: TemplateKind
  words?: string
  ready?: boolean
  template?: string
}

/** All ready definitions, by kind of segmentation; each can be changed before it is used. What is chosen stands in the address. */
export function TemplatesPage() {
  const query = useTemplates()
  const search = useSearch({ strict: false }) as GallerySearch
  const navigate = useNavigate()
  const show = (change: { [Key in keyof GallerySearch]: GallerySearch[Key] | undefined }) =>
    void navigate({ to: '/segments/templates', search: (before: object) => ({ ...before, ...change }), replace: true })
  return (
    <Page
      title="Templates"
      says="Ready segments of every kind, filled in with what this project knows. Change what you like, then use it."
      tabs={<SegmentTabs />}
    >
      <Loaded query={query}>
        {(templates) => {
          const shown = templates.filter((each) => isShown(each, search))
          const opened = templates.find(({ id }) => id === search.template)
          return (
            <Stack gap="md">
              <Filters search={search} show={show} />
              <Text size="sm" c="dimmed" aria-live="polite">
                {formatNumber(shown.length)} {plural(shown.length, 'template', 'templates')}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
                {shown.map((each) => (
                  <TemplateCard key={each.id} template={each} onOpen={() => show({ template: each.id })} />
                ))}
              </SimpleGrid>
              {opened !== undefined && <TemplateDialog key={opened.id} template={opened} onClose={() => show({ template: undefined })} />}
            </Stack>
          )
        }}
      </Loaded>
    </Page>
  )
}

interface FiltersProps {
  search: GallerySearch
  show: (change: { [Key in keyof GallerySearch]: GallerySearch[Key] | undefined }) => void
}

function Filters({ search, show }: FiltersProps) {
  return (
    <Stack gap="sm">
      <Group gap="md">
        <TextInput
          aria-label="Search templates"
          placeholder="Search"
          leftSection={<IconSearch size={16} aria-hidden />}
          defaultValue={search.words ?? ''}
          onChange={(event) => show({ words: event.currentTarget.value || undefined })}
          maw={320}
        />
        <Switch
          label="Only what this project has the data for"
          checked={search.ready === true}
          onChange={(event) => show({ ready: event.currentTarget.checked || undefined })}
        />
      </Group>
      <Chip.Group value={search.kind ?? 'all'} onChange={(kind) => show({ kind: kind === 'all' ? undefined : (kind as TemplateKind) })}>
        <Group gap="xs">
          <Chip value="all">All</Chip>
          {templateKinds.map((kind) => (
            <Chip key={kind} value={kind}>
              {kindWords[kind].name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {search.kind !== undefined && <Text c="dimmed">{kindWords[search.kind].says}</Text>}
    </Stack>
  )
}

function isShown({ kind, name, says, sentence, ready }: TemplateReply, search: GallerySearch): boolean {
  const words = (search.words ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${name} ${says} ${sentence}`.toLowerCase()
  return (search.kind === undefined || kind === search.kind) && (search.ready !== true || ready) && words.every((word) => text.includes(word))
}
