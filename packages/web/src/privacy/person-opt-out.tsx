import type { OptOut, Page, PersonProfile } from '@kindred/model'
import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { formatDate } from '../app/format.ts'
import { notifyDone, notifyError } from '../app/notify.ts'

/** Whether events of the person are kept, with the button that changes it. */
export function PersonOptOut({ person }: { person: PersonProfile }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const query = useProjectQuery<Page<OptOut>>('opt-outs', { personId: person.id, active: true })
  const holding = query.data?.results ?? []
  const id = person.distinctIds[0]
  const changing = useMutation({
    mutationFn: async () => {
      if (holding.length > 0) for (const each of holding) await api.delete(projectPath(project, `opt-outs/${each.id}`))
      else await api.post<OptOut>(projectPath(project, 'opt-outs'), { distinctId: id })
    },
    onSuccess: async () => {
      await refresh('opt-outs')
      notifyDone(holding.length > 0 ? 'Events are kept again.' : 'Events of this person are dropped from now on.')
    },
    onError: notifyError,
  })
  if (query.data === undefined || id === undefined) return null
  const since = holding[0]?.at
  return (
    <Group justify="space-between" gap="xs">
      <Text c={since === undefined ? 'dimmed' : undefined} fw={since === undefined ? undefined : 500}>
        {since === undefined ? 'Events of this person are kept.' : `Opted out since ${formatDate(since)}: events are dropped.`}
      </Text>
      <Button size="xs" variant="default" loading={changing.isPending} onClick={() => changing.mutate()}>
        {since === undefined ? 'Opt out' : 'Undo the opt-out'}
      </Button>
    </Group>
  )
}
