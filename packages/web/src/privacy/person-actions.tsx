import type { PersonProfile } from '@kindred/model'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { apiUrl } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'
import { IconDownload, IconTrash } from '../app/icons.tsx'
import { DeletePerson } from './delete-person.tsx'

/** What a person may ask for: a copy of their data, and its deletion. */
export function PersonActions({ person }: { person: PersonProfile }) {
  const project = useProjectId()
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Button
        component="a"
        href={apiUrl(projectPath(project, `people/${person.id}/export`))}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        Export data
      </Button>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      <DeletePerson person={person} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  )
}
