import { Stack } from '@mantine/core'
import { Deletions } from './deletions.tsx'
import { OptOuts } from './opt-outs.tsx'
import { RetentionForm } from './retention-form.tsx'

/** Who was deleted and with what result, who opted out, and how long events are kept. */
export function PrivacyPage() {
  return (
    <Stack gap="xl" maw={880}>
      <Deletions />
      <OptOuts />
      <RetentionForm />
    </Stack>
  )
}
