import type { ImportMappingInput, SavedMapping } from '@kindred/model'
import { ActionIcon, Button, Group, Popover, Select, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, apiUrl } from '../../api/client.ts'
import { projectPath, useProjectId, useProjectList, useRefreshProject } from '../../api/project.ts'
import { IconDownload, IconTrash } from '../../app/icons.tsx'
import { notifyDone, notifyError } from '../../app/notify.ts'

interface SavedMappingsProps {
  mapping: ImportMappingInput
  /** The mapping cannot be used yet. */
  isBroken: boolean
  /** Another mapping is taken over whole. */
  onUse: (mapping: ImportMappingInput) => void
}

/** Mappings kept under a name: use one again, keep this one, take it along as YAML, or delete it. */
export function SavedMappings({ mapping, isBroken, onUse }: SavedMappingsProps) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const { data: saved = [] } = useProjectList<SavedMapping>('imports/mappings')
  const [chosen, setChosen] = useState<string | null>(null)
  const current = saved.find(({ id }) => String(id) === chosen)
  const remove = useMutation({
    mutationFn: ({ id }: SavedMapping) => api.delete(projectPath(project, `imports/mappings/${id}`)),
    onSuccess: async (_, { name }) => {
      setChosen(null)
      await refresh('imports/mappings')
      notifyDone(`The mapping ${name} is deleted.`)
    },
    onError: notifyError,
  })
  return (
    <Group gap="xs" align="flex-end">
      {saved.length > 0 && (
        <Select
          label="Saved mappings"
          placeholder="Use one again"
          data={saved.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={current === undefined ? null : chosen}
          onChange={(id) => {
            setChosen(id)
            const use = saved.find((each) => String(each.id) === id)
            if (use) onUse(use.mapping)
          }}
          searchable
          allowDeselect={false}
        />
      )}
      {current && (
        <>
          <ActionIcon
            component="a"
            href={apiUrl(projectPath(project, `imports/mappings/${current.id}/yaml`))}
            download
            variant="default"
            size={36}
            aria-label={`Download ${current.name} as YAML`}
          >
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={36} aria-label={`Delete ${current.name}`} loading={remove.isPending} onClick={() => remove.mutate(current)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
      <SaveForm
        mapping={mapping}
        isBroken={isBroken}
        suggested={current?.name ?? ''}
        onSaved={async ({ id, name }) => {
          await refresh('imports/mappings')
          setChosen(String(id))
          notifyDone(`The mapping is saved as ${name}.`)
        }}
      />
    </Group>
  )
}

interface SaveFormProps {
  mapping: ImportMappingInput
  isBroken: boolean
  suggested: string
  onSaved: (saved: SavedMapping) => Promise<void>
}

function SaveForm({ mapping, isBroken, suggested, onSaved }: SaveFormProps) {
  const project = useProjectId()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const saving = useMutation({
    mutationFn: () => api.post<SavedMapping>(projectPath(project, 'imports/mappings'), { name: name.trim(), mapping }),
    onSuccess: async (saved) => {
      setOpen(false)
      await onSaved(saved)
    },
    onError: notifyError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Popover opened={open} onChange={setOpen} trapFocus withRoles={false} position="bottom-end">
      <Popover.Target>
        <Button
          variant="default"
          disabled={isBroken}
          aria-expanded={open}
          onClick={() => {
            setName(suggested)
            setOpen(!open)
          }}
        >
          Save this mapping
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Save this mapping">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label="Name"
              description="A mapping of this name is replaced."
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
              required
              data-autofocus
            />
            <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
              Save
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
