import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { notifyDone } from '../../../app/notify.ts'

/** Puts a person into a segment or leaves them out, whatever its rule says, until that is taken back. */
export function ChooseByHand({ segmentId, personId }: { segmentId: number; personId: number }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [reason, setReason] = useState('')
  const path = projectPath(project, `segments/${segmentId}/people/${personId}`)
  const choosing = useMutation({
    mutationFn: (choice: 'include' | 'exclude' | null) => (choice === null ? api.delete(path) : api.put(path, { choice, reason })),
    onSuccess: async (_, choice) => {
      setReason('')
      await refresh()
      notifyDone(choice === null ? 'The rule decides again.' : 'Noted. It holds until it is taken back.')
    },
  })
  return (
    <Stack gap="xs">
      <TextInput
        label="Reason"
        description="For whoever wonders later"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        maw={420}
      />
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => choosing.mutate('include')} loading={choosing.isPending}>
          Always in
        </Button>
        <Button size="xs" variant="default" onClick={() => choosing.mutate('exclude')} loading={choosing.isPending}>
          Never in
        </Button>
        <Button size="xs" variant="subtle" onClick={() => choosing.mutate(null)} loading={choosing.isPending}>
          Let the rule decide
        </Button>
      </Group>
      {choosing.error && (
        <Alert color="red" role="alert">
          {messageOf(choosing.error)}
        </Alert>
      )}
    </Stack>
  )
}
