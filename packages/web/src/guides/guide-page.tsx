import type { GuideReply, TemplateReply } from '@kindred/model'
import { Alert, Button, Group, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { formatDate } from '../app/format.ts'
import { IconPencil } from '../app/icons.tsx'
import { PlainLink, TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { writeSearch } from '../insights/question/search.ts'
import { NeedList, TemplateCard, TemplateDialog, useTemplates } from '../segments/index.ts'
import { GuideText } from './guide-text.tsx'
import classes from './guides.module.css'
import { GuideBadge } from './guides-page.tsx'

/** One industry: its text, which the team may change, and the reports and segments to begin with. */
export function GuidePage() {
  const { guideId = '' } = useParams({ strict: false })
  const query = useProjectQuery<GuideReply>(`guides/${encodeURIComponent(guideId)}`)
  const [editing, setEditing] = useState(false)
  return (
    <Page
      title={query.data?.industry ?? 'Guide'}
      says={<TextLink to="/guides">All guides</TextLink>}
      freshness={false}
      actions={
        query.data !== undefined &&
        !editing && (
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
            Change the text
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(guide) => (
          <Stack gap="xl">
            <State guide={guide} />
            {editing ? <TextEditor guide={guide} onDone={() => setEditing(false)} /> : <GuideText text={guide.text} />}
            <Reports reports={guide.reports} />
            <Templates ids={guide.templates} />
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function State({ guide }: { guide: GuideReply }) {
  if (guide.draft) {
    return (
      <Alert title="A draft">What is generally true of this industry. Correct and complete it with what your team knows; it is kept for this project.</Alert>
    )
  }
  if (guide.changed === null) return null
  return (
    <Group gap="xs">
      <GuideBadge guide={guide} />
      <Text size="sm" c="dimmed">
        Changed by {guide.changed.author} on {formatDate(guide.changed.at)}
      </Text>
    </Group>
  )
}

function TextEditor({ guide, onDone }: { guide: GuideReply; onDone: () => void }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [text, setText] = useState(guide.text)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (changed: string | null) => {
    try {
      await api.put(projectPath(project, `guides/${encodeURIComponent(guide.id)}`), { text: changed })
      await refresh()
      onDone()
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <Stack gap="sm" maw={760}>
      <Textarea
        label="The text of this guide"
        description="A line that begins with ## is a heading, with - an item of a list; **two stars** make bold."
        autosize
        minRows={16}
        maxRows={40}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
      />
      <Group>
        <Button onClick={() => void save(text)} disabled={text.trim() === ''}>
          Save
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        {guide.changed !== null && (
          <Button variant="subtle" onClick={() => void save(null)}>
            Take the text that came with Kindred
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Reports({ reports }: Pick<GuideReply, 'reports'>) {
  if (reports.length === 0) return null
  return (
    <section aria-labelledby="reports">
      <Title order={2} mb="xs" id="reports">
        Reports to begin with
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {reports.map(({ name, says, query, needs }) => (
          <PlainLink key={name} to="/insights/new" search={{ ...writeSearch(query) }} className={classes.card}>
            <Text fw={600}>{name}</Text>
            <Text size="sm" c="dimmed">
              {says}
            </Text>
            <Lacking needs={needs} />
          </PlainLink>
        ))}
      </SimpleGrid>
    </section>
  )
}

function Lacking({ needs }: Pick<GuideReply['reports'][number], 'needs'>) {
  const lacking = needs.filter(({ has }) => !has)
  return lacking.length === 0 ? null : <NeedList needs={lacking} />
}

function Templates({ ids }: { ids: readonly string[] }) {
  const { data } = useTemplates()
  const [opened, setOpened] = useState<TemplateReply | null>(null)
  const shown = ids.flatMap((id) => data?.find((each) => each.id === id) ?? [])
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="templates">
      <Title order={2} mb="xs" id="templates">
        Segments to begin with
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {shown.map((each) => (
          <TemplateCard key={each.id} template={each} onOpen={() => setOpened(each)} />
        ))}
      </SimpleGrid>
      {opened !== null && <TemplateDialog key={opened.id} template={opened} onClose={() => setOpened(null)} />}
    </section>
  )
}
