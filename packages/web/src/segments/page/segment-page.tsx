import type { Segment } from '@kindred/model'
import { Alert, Button, Menu, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useProjectQuery } from '../../api/project.ts'
import { IconChevronDown, IconDownload, IconListDetails, IconPencil, IconTrash } from '../../app/icons.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { LoadedPage } from '../../app/loaded-page.tsx'
import { Page } from '../../app/page.tsx'
import { TabRow } from '../../app/tab-row.tsx'
import { AccountMembers } from './account-members.tsx'
import { Definition } from './definition.tsx'
import { DeleteSegment } from './delete-segment.tsx'
import { ExportSegment } from './export-segment.tsx'
import { FreezeSegment } from './freeze-segment.tsx'
import { Members } from './members.tsx'
import { Portrait } from './portrait/portrait.tsx'
import { Summary } from './summary.tsx'
import { Deliveries } from './tabs/deliveries.tsx'
import { FillList } from './tabs/fill-list.tsx'
import { History } from './tabs/history.tsx'
import { SegmentSettings } from './tabs/settings.tsx'
import { Tests } from './tabs/tests.tsx'
import { UsedBy } from './tabs/used-by.tsx'
import { Why } from './tabs/why.tsx'
import { Versions } from './versions.tsx'

/** One segment: how many, who, since which version, by which rule. */
export function SegmentPage() {
  const { segmentId = '' } = useParams({ strict: false })
  const query = useProjectQuery<Segment>(`segments/${encodeURIComponent(segmentId)}`)
  return <LoadedPage query={query}>{(segment) => <OneSegment key={segment.id} segment={segment} />}</LoadedPage>
}

const tabs = ['portrait', 'members', 'history', 'why', 'tests', 'used-by', 'deliveries', 'versions', 'definition', 'settings'] as const
type Tab = (typeof tabs)[number]

function OneSegment({ segment }: { segment: Segment }) {
  const search = useSearch({ strict: false }) as { tab?: unknown }
  const navigate = useNavigate()
  const tab: Tab = tabs.find((each) => each === search.tab) ?? 'portrait'
  const open = (next: string | null) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, person: undefined, tab: next === 'portrait' ? undefined : next }), resetScroll: false })
  return (
    <Page title={segment.name} says={segment.description === '' ? undefined : segment.description} actions={<Actions segment={segment} />}>
      {segment.archivedAt !== null && (
        <Alert mb="md" title="In the archive">
          It is not computed and left out of lists. Take it out in the tab Settings.
        </Alert>
      )}
      <Summary segment={segment} />
      <Tabs value={tab} onChange={open} keepMounted={false} mt="lg">
        <TabRow label="About this segment" active={tab}>
          <Tabs.Tab value="portrait">Portrait</Tabs.Tab>
          <Tabs.Tab value="members">Members</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="why">Why</Tabs.Tab>
          <Tabs.Tab value="tests">Tests</Tabs.Tab>
          <Tabs.Tab value="used-by">Used by</Tabs.Tab>
          <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="definition">{segment.definition === null && segment.unit === 'person' ? 'Fill the list' : 'Definition'}</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </TabRow>
        <Tabs.Panel value="portrait">
          <Portrait segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="members">{segment.unit === 'account' ? <AccountMembers segment={segment} /> : <Members segment={segment} />}</Tabs.Panel>
        <Tabs.Panel value="history">
          <History segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="why">
          <Why segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="tests">
          <Tests segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="used-by">
          <UsedBy segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries">
          <Deliveries segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="definition">
          {segment.definition !== null ? (
            <Definition segment={segment} />
          ) : segment.unit === 'person' ? (
            <FillList segment={segment} />
          ) : (
            <Text c="dimmed">This list is frozen: it holds the accounts it was made of, and has no rule.</Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SegmentSettings segment={segment} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Actions({ segment }: { segment: Segment }) {
  const [exporting, exports] = useDisclosure()
  const [deleting, deletes] = useDisclosure()
  const [freezing, freezes] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={exports.open}>
        Export
      </Button>
      {segment.definition !== null && (
        <ButtonLink to="/segments/$segmentId/edit" params={{ segmentId: String(segment.id) }} leftSection={<IconPencil size={16} aria-hidden />}>
          Change
        </ButtonLink>
      )}
      <Menu position="bottom-end" shadow="sm">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More to do with this segment">
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {segment.definition !== null && (
            <Menu.Item leftSection={<IconListDetails size={16} aria-hidden />} onClick={freezes.open}>
              Freeze as a list
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={deletes.open}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ExportSegment segment={segment} opened={exporting} onClose={exports.close} />
      <FreezeSegment segment={segment} opened={freezing} onClose={freezes.close} />
      <DeleteSegment segment={segment} opened={deleting} onClose={deletes.close} />
    </>
  )
}
