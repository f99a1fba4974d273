import { Stack } from '@mantine/core'
import { useProject } from '../api/project.ts'
import { Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { Account } from './account.tsx'
import { ApiKeys } from './api-keys.tsx'
import { Appearance } from './appearance.tsx'
import { Enrichment } from './enrichment.tsx'
import { NewProject } from './new-project.tsx'
import { PostalCodes } from './postal-codes.tsx'
import { ProjectForm } from './project-form.tsx'
import { Seasons } from './seasons.tsx'

/** The project's own settings, its API keys, and the reader's account. */
export function SettingsPage() {
  const project = useProject()
  return (
    <Page title="Settings" freshness={false}>
      <Stack gap="xl" maw={720}>
        <Loaded query={project}>{(loaded) => <ProjectForm key={loaded.id} project={loaded} />}</Loaded>
        <Loaded query={project}>{(loaded) => <Seasons key={loaded.id} project={loaded} />}</Loaded>
        <Loaded query={project}>{(loaded) => <Enrichment key={loaded.id} project={loaded} />}</Loaded>
        <PostalCodes />
        <ApiKeys />
        <NewProject />
        <Appearance />
        <Account />
      </Stack>
    </Page>
  )
}
