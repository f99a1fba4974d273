import type { SavedInsight, TrendsQuery } from '@kindred/model'
import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { saveBlob } from '../../api/download.ts'
import { IconDotsVertical, IconDownload, IconLink, IconPhoto, IconPlus, IconTrash } from '../../app/icons.tsx'
import { notifyDone, notifyError } from '../../app/notify.ts'
import { copyText } from '../../app/use-copy.ts'
import { answerCsv } from '../answer/csv.ts'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import { useScheme } from '../results/use-scheme.ts'
import { DeleteInsight } from './delete-insight.tsx'
import { SaveInsight } from './save-insight.tsx'
import { hasPicture, savePicture } from './save-picture.ts'

interface InsightActionsProps {
  saved: SavedInsight | null
  query: TrendsQuery
  name: string
  shown: ShownAnswer | null
}

/** What can be done with a question and its answer. */
export function InsightActions({ saved, query, name, shown }: InsightActionsProps) {
  const scheme = useScheme()
  const [deleting, { open, close }] = useDisclosure()
  const copyLink = async () => {
    if (await copyText(window.location.href)) notifyDone('The link to this question is copied.')
    else notifyError(new Error('The browser did not let the link be copied. It is the address of this page.'))
  }
  return (
    <>
      <SaveInsight saved={saved} query={query} name={name} />
      <Menu position="bottom-end" shadow="sm">
        <Menu.Target>
          <Button variant="default" aria-label="More to do with this insight" px="xs">
            <IconDotsVertical size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => void copyLink()}>
            Copy link
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={shown === null}
            onClick={() => shown !== null && saveBlob(new Blob([answerCsv(shown)], { type: 'text/csv;charset=utf-8' }), `${fileName(name)}.csv`)}
          >
            Numbers as CSV
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPhoto size={16} aria-hidden />}
            disabled={shown === null || !hasPicture(query.display)}
            onClick={() => shown !== null && void savePicture({ shown, name, file: `${fileName(name)}.png`, scheme }).catch(notifyError)}
          >
            Chart as PNG
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} component={Link} to="/insights/new">
            New insight
          </Menu.Item>
          {saved !== null && (
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={open}>
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {saved !== null && <DeleteInsight insight={saved} opened={deleting} onClose={close} />}
    </>
  )
}

const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80) || 'insight'
