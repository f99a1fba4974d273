import type { Trait } from '@kindred/model'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { notifyDone } from '../app/notify.ts'

/** Asks once more; a trait that others use is explained instead. */
export function DeleteTrait({ trait, onDeleted }: { trait: Trait; onDeleted: () => void }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [asked, setAsked] = useState(false)
  const deleting = useMutation({
    mutationFn: () => api.delete(projectPath(project, `traits/${trait.name}`)),
    onSuccess: async () => {
      onDeleted()
      await refresh('traits')
      notifyDone(`Deleted “${trait.label}”.`)
    },
  })
  if (!asked) {
    return (
      <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
        Delete
      </Button>
    )
  }
  return (
    <Stack gap="xs">
      {trait.usedBy.length > 0 ? (
        <Text>Used by {trait.usedBy.map(({ name }) => `“${name}”`).join(', ')}. Take it out of them first.</Text>
      ) : (
        <Text>The trait and its versions go. The events stay.</Text>
      )}
      {deleting.error && (
        <Alert color="red" role="alert">
          {messageOf(deleting.error)}
        </Alert>
      )}
      <Group>
        <Button variant="default" onClick={() => setAsked(false)}>
          Keep
        </Button>
        {trait.usedBy.length === 0 && (
          <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete
          </Button>
        )}
      </Group>
    </Stack>
  )
}
