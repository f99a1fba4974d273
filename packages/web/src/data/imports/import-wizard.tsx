import type { ImportInspection, ImportMappingInput } from '@kindred/model'
import { Stack, Title } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useProjectId } from '../../api/project.ts'
import { TextLink } from '../../app/links.tsx'
import { FileDrop } from './file-drop.tsx'
import { MappingEditor } from './mapping-editor.tsx'

interface Draft {
  inspection: ImportInspection
  mapping: ImportMappingInput
}

/** From a file to an import: choose it, say what its columns are, start. A reload keeps what was said. */
export function ImportWizard() {
  const project = useProjectId()
  const [draft, setDraft] = useSessionStorage<Draft | null>({ key: `kindred-import-${project}`, defaultValue: null, getInitialValueInEffect: false })
  return (
    <Stack gap="lg">
      <div>
        <TextLink to="/data/imports">All imports</TextLink>
        <Title order={2}>{draft === null ? 'Import a file' : draft.inspection.name}</Title>
      </div>
      {draft === null ? (
        <FileDrop onInspected={(inspection) => setDraft({ inspection, mapping: inspection.guess })} />
      ) : (
        <MappingEditor
          inspection={draft.inspection}
          mapping={draft.mapping}
          onChange={(mapping) => setDraft({ ...draft, mapping })}
          onLeave={() => setDraft(null)}
        />
      )}
    </Stack>
  )
}
