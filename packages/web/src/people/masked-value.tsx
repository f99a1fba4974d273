import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'
import { IconEye, IconEyeOff } from '../app/icons.tsx'
import { notifyError } from '../app/notify.ts'
import { shownValue } from './person-value.ts'

/** A sensitive value: shown only when somebody asks for this one. */
export function MaskedValue({ personId, name, label }: { personId: number; name: string; label: string }) {
  const project = useProjectId()
  const reveal = useMutation({
    mutationFn: () => api.post<{ values: Record<string, unknown> }>(projectPath(project, `people/${personId}/reveal`), { keys: [name] }),
    onError: notifyError,
  })
  if (reveal.data !== undefined) {
    return (
      <Group gap="xs">
        <Text fw={500}>{shownValue(reveal.data.values[name])}</Text>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconEyeOff size={14} aria-hidden />}
          aria-label={`Mask ${label}`}
          onClick={() => reveal.reset()}
        >
          Mask
        </Button>
      </Group>
    )
  }
  return (
    <Group gap="xs">
      <Text c="dimmed" aria-label="masked">
        ••••••
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconEye size={14} aria-hidden />}
        aria-label={`Show ${label}`}
        loading={reveal.isPending}
        onClick={() => reveal.mutate()}
      >
        Show
      </Button>
    </Group>
  )
}
