import { type Segmentation, type SegmentationReport, type SegmentationStep, segmentationSteps } from '@kindred/model'
import { Alert, Button, Group, Stack, Tabs, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useProjectQuery } from '../api/project.ts'
import { TextLink } from '../app/links.tsx'
import { LoadedPage } from '../app/loaded-page.tsx'
import { Page } from '../app/page.tsx'
import { TabRow } from '../app/tab-row.tsx'
import { Agreement } from './agreement.tsx'
import { SegmentationMenu } from './menu.tsx'
import { ReportTab } from './report-tab.tsx'
import { steps } from './steps/steps.ts'
import { useDraft } from './use-draft.ts'
import { stepWords } from './words.ts'

type Tab = SegmentationStep | 'report' | 'agreement'

/** One segmentation, step by step, with its report and what stakeholders say of it. The step stands in the address. */
export function SegmentationPage() {
  const { segmentationId = '' } = useParams({ strict: false })
  const query = useProjectQuery<Segmentation>(`segmentations/${encodeURIComponent(segmentationId)}`)
  return <LoadedPage query={query}>{(segmentation) => <Opened key={segmentation.id} segmentation={segmentation} />}</LoadedPage>
}

function Opened({ segmentation }: { segmentation: Segmentation }) {
  const draft = useDraft(segmentation)
  const { step = 'problem' } = useSearch({ strict: false }) as { step?: Tab }
  const navigate = useNavigate()
  const report = useProjectQuery<SegmentationReport>(`segmentations/${segmentation.id}/report`)
  const open = (tab: Tab) =>
    void navigate({
      to: '/segmentations/$segmentationId',
      params: { segmentationId: String(segmentation.id) },
      search: (before: object) => ({ ...before, step: tab }),
      replace: true,
    })
  const warned = (tab: SegmentationStep) => report.data?.warnings.filter((each) => each.step === tab) ?? []
  return (
    <Page
      title={draft.save.name}
      heading={
        <>
          <VisuallyHidden component="h1">{draft.save.name}</VisuallyHidden>
          <TextInput
            aria-label="Name of the segmentation"
            size="md"
            fw={600}
            value={draft.save.name}
            onChange={(event) => draft.change({ name: event.currentTarget.value })}
            error={draft.save.name.trim() === ''}
          />
        </>
      }
      says={<TextLink to="/segmentations">All segmentations</TextLink>}
      actions={<SegmentationMenu segmentation={segmentation} />}
    >
      <Tabs value={step} onChange={(tab) => open((tab ?? 'problem') as Tab)} keepMounted={false}>
        <TabRow label="Steps" active={step}>
          {segmentationSteps.map((tab, index) => (
            <Tabs.Tab key={tab} value={tab} rightSection={warned(tab).length > 0 ? <Marked count={warned(tab).length} /> : undefined}>
              {index + 1}. {stepWords[tab]}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="report">Report</Tabs.Tab>
          <Tabs.Tab value="agreement">Sign-off</Tabs.Tab>
        </TabRow>
        {segmentationSteps.map((tab) => {
          const Step = steps[tab]
          return (
            <Tabs.Panel key={tab} value={tab}>
              <Stack gap="md" maw={880}>
                {warned(tab).map(({ says }) => (
                  <Alert key={says} color="yellow">
                    {says}
                  </Alert>
                ))}
                <Step save={draft.save} change={draft.change} report={report.data} />
              </Stack>
            </Tabs.Panel>
          )
        })}
        <Tabs.Panel value="report">
          <ReportTab segmentation={segmentation} query={report} onStep={open} />
        </Tabs.Panel>
        <Tabs.Panel value="agreement">
          <Agreement segmentation={segmentation} />
        </Tabs.Panel>
      </Tabs>
      <Group justify="space-between" mt="lg" maw={880}>
        <SaveState problem={draft.problem} state={draft.state} />
        <StepButtons step={step} open={open} />
      </Group>
    </Page>
  )
}

const allSteps: readonly Tab[] = [...segmentationSteps, 'report', 'agreement']
const tabWords: Readonly<Record<Tab, string>> = { ...stepWords, report: 'Report', agreement: 'Sign-off' }

/** One step back, and on to the next by its name. */
function StepButtons({ step, open }: { step: Tab; open: (tab: Tab) => void }) {
  const place = allSteps.indexOf(step)
  const [before, after] = [allSteps[place - 1], allSteps[place + 1]]
  return (
    <Group gap="sm">
      {before !== undefined && (
        <Button variant="default" onClick={() => open(before)}>
          Back
        </Button>
      )}
      {after !== undefined && <Button onClick={() => open(after)}>Next: {tabWords[after]}</Button>}
    </Group>
  )
}

function Marked({ count }: { count: number }) {
  return (
    <Text span size="xs" c="var(--mantine-color-text)" title={`${count} to look at`}>
      ({count})
    </Text>
  )
}

function SaveState({ problem, state }: Pick<ReturnType<typeof useDraft>, 'problem' | 'state'>) {
  const words = { saved: 'Saved', saving: 'Saving…', unsaved: 'Not saved yet' }[state]
  return (
    <Text size="sm" c={problem === null ? 'dimmed' : 'var(--mantine-color-error)'} aria-live="polite">
      {problem === null ? words : `Not saved: ${problem}`}
    </Text>
  )
}
