import type { Page, ProjectMember, Segment, SegmentChoice } from '@kindred/model'
import { Alert, Autocomplete, Button, Group, List, Select, Stack, TagsInput, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectList, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { formatDateTime } from '../../../app/format.ts'
import { Loaded } from '../../../app/loaded.tsx'
import { notifyDone } from '../../../app/notify.ts'
import { namesInUse } from '../../names-in-use.ts'
import { ArchiveButton } from '../archive-button.tsx'
import { scheduleWords } from './cause-words.ts'

/** How a segment is kept and found, and whom people chose by hand. */
export function SegmentSettings({ segment }: { segment: Segment }) {
  return (
    <Stack gap="lg">
      <Keeping key={segment.id} segment={segment} />
      <ByHand segment={segment} />
    </Stack>
  )
}

function Keeping({ segment }: { segment: Segment }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [folder, setFolder] = useState(segment.folder)
  const [tags, setTags] = useState(segment.tags)
  const [owner, setOwner] = useState(segment.owner === null ? null : String(segment.owner.id))
  const members = useProjectQuery<{ results: ProjectMember[] }>('members')
  const { data: segments = [] } = useProjectList<Segment>('segments')
  const [schedule, setSchedule] = useState<Segment['schedule']>(segment.schedule)
  const path = projectPath(project, `segments/${segment.id}`)
  const saving = useMutation({
    mutationFn: () => api.patch<Segment>(`${path}/settings`, { folder, tags, schedule, owner: owner === null ? null : Number(owner) }),
    onSuccess: async () => {
      await refresh()
      notifyDone('Saved.')
    },
  })
  return (
    <section aria-labelledby="keeping">
      <Title order={2} id="keeping" mb="xs">
        How it is kept
      </Title>
      <Stack maw={420}>
        <Autocomplete label="Folder" data={namesInUse(segments.map((each) => each.folder))} value={folder} onChange={setFolder} maxLength={100} />
        <TagsInput label="Tags" data={namesInUse(segments.flatMap((each) => each.tags))} value={tags} onChange={setTags} maxTags={20} />
        <Select
          label="Owner"
          description="Whom to ask about it"
          placeholder="Nobody"
          data={(members.data?.results ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={owner}
          onChange={setOwner}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Take the owner away' }}
        />
        <Select
          label="Members are computed"
          data={Object.entries(scheduleWords).map(([value, label]) => ({ value, label }))}
          value={schedule}
          onChange={(value) => value !== null && setSchedule(value as Segment['schedule'])}
          allowDeselect={false}
        />
        <Group gap="xs">
          <Button loading={saving.isPending} onClick={() => saving.mutate()}>
            Save
          </Button>
          <ArchiveButton segment={segment} />
        </Group>
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
      </Stack>
    </section>
  )
}

function ByHand({ segment }: { segment: Segment }) {
  const choices = useProjectQuery<Page<SegmentChoice>>(`segments/${segment.id}/choices`)
  return (
    <section aria-labelledby="by-hand">
      <Title order={2} id="by-hand" mb="xs">
        Chosen by hand
      </Title>
      <Loaded query={choices}>
        {({ results }) =>
          results.length === 0 ? (
            <Text c="dimmed">
              {segment.unit === 'account'
                ? 'No account. Accounts are put in and left out through the API.'
                : 'Nobody. Look somebody up under Why to put them in or leave them out.'}
            </Text>
          ) : (
            <List>
              {results.map((choice) => (
                <List.Item key={choice.id}>
                  {choice.label ?? 'no longer here'}, {choice.choice === 'include' ? 'always in' : 'never in'}: {choice.author}, {formatDateTime(choice.at)}
                  {choice.reason !== '' && `: ${choice.reason}`}
                </List.Item>
              ))}
            </List>
          )
        }
      </Loaded>
    </section>
  )
}
