import type { Segment, SegmentPreview } from '@kindred/model'
import { ActionIcon, Alert, Button, Paper, Tabs, Text, Tooltip } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy } from '../../app/icons.tsx'
import { LongText } from '../../app/long-text.tsx'
import { Page } from '../../app/page.tsx'
import { readDefinition, type Tree, type Written, writeDefinition } from '../tree/definition.ts'
import classes from './builder.module.css'
import { BuilderProvider, SubjectProvider } from './builder-context.ts'
import { GroupBox } from './group-box.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { keptByNode, rowErrors, rowWarnings } from './row-errors.ts'
import { SaveSegment } from './save-segment.tsx'
import { TextForm, type TextState } from './text-form.tsx'
import { UnitChoice } from './unit-choice.tsx'
import { type BuilderDraft, useBuilderDraft } from './use-builder-draft.ts'
import { usePreview } from './use-preview.ts'

interface BuilderProps {
  segment: Segment | null
  /** What to call it, where a template or a guide has said so; else the sentence is offered. */
  name?: string
  start: () => Tree
  /** Why the conditions in the address could not be read; the builder then shows what it opens on. */
  unreadable: string | null
}

/** The editable sentence, its two text forms, and beside them who fits. */
export function Builder({ segment, name, start, unreadable }: BuilderProps) {
  const draft = useBuilderDraft(start)
  // Read once: what others save meanwhile is not what this change was made from.
  const [version] = useState(segment?.version)
  const written = useMemo(() => writeDefinition(draft.tree), [draft.tree])
  const preview = usePreview(written.definition)
  const [saving, { open, close }] = useDisclosure()
  const [text, setText] = useState<TextState>('read')
  const json = written.definition === null ? null : JSON.stringify(written.definition)
  const fresh = preview.data?.of === json ? preview.data.preview : undefined
  const errors = rowErrors(written, preview.isFetching || json === null ? null : preview.error)
  const shown = preview.data?.preview
  const moved = useRef<string | null>(null)
  const [said, announce] = useState('')
  const counts = useCounts(written, fresh)
  const everyone = shown?.everyone ?? 0
  // Conditions that could not be read stay in the address until others are made, so that they can be looked at and put right.
  const keepsAddress = unreadable !== null && !draft.canUndo
  useAddress(keepsAddress ? undefined : json, segment)
  return (
    <Page
      title={segment === null ? 'New segment' : `Change ${segment.name}`}
      says={<LongText>{shown?.sentence ?? `${draft.tree.unit === 'account' ? 'Accounts' : 'People'} that match these conditions`}</LongText>}
      actions={
        <Actions draft={draft} blocked={text !== 'read' || written.definition === null || errors.mistakes.size > 0 || errors.other !== null} onSave={open} />
      }
    >
      {unreadable !== null && (
        <Alert color="orange" role="alert" title="The conditions in the address could not be read" mb="md">
          {unreadable} {segment === null ? 'The builder begins anew.' : 'The builder shows the segment as it is saved.'}
        </Alert>
      )}
      <div className={classes.layout}>
        <Paper withBorder p="md" className={classes.paper}>
          <BuilderProvider
            value={{
              root: draft.tree.root,
              edit: draft.edit,
              mistakes: errors.mistakes,
              refused: errors.refused,
              ...counts,
              everyone,
              self: segment?.id,
              moved,
              announce,
            }}
          >
            <SubjectProvider value={{ unit: draft.tree.unit }}>
              <Forms draft={draft} definition={written.definition} text={text} onText={setText} />
            </SubjectProvider>
            <span className="kindred-hidden" aria-live="polite">
              {said}
            </span>
          </BuilderProvider>
        </Paper>
        <Paper withBorder p="md" className={classes.aside} component="aside" aria-label="Who fits">
          <WhoFits written={written} preview={preview} errors={errors} fresh={fresh !== undefined} unit={draft.tree.unit} />
        </Paper>
      </div>
      {written.definition !== null && (
        <SaveSegment
          segment={segment}
          version={version}
          definition={written.definition}
          sentence={fresh?.sentence ?? ''}
          suggestedName={name ?? nameFrom(fresh?.sentence ?? '')}
          opened={saving}
          onClose={close}
        />
      )}
    </Page>
  )
}

interface WhoFitsProps {
  written: Written
  preview: ReturnType<typeof usePreview>
  errors: ReturnType<typeof rowErrors>
  /** Whether the answer is to the conditions in view. */
  fresh: boolean
  unit: Tree['unit']
}

function WhoFits({ written, preview, errors, fresh, unit }: WhoFitsProps) {
  if (written.definition === null) return <Text c="dimmed">Complete a condition to see how many fit.</Text>
  if (preview.data === undefined && errors.refused !== null) return <Text c="dimmed">Put the marked condition right to see how many fit.</Text>
  return (
    <PreviewPanel
      previewed={preview.data}
      waiting={preview.isFetching || !fresh}
      question={preview.question}
      error={errors.other}
      retry={preview.refetch}
      unfinished={written.mistakes.size}
      unit={unit}
    />
  )
}

/** What the answer says of each node; counts and warnings are those of the definition in view only. */
function useCounts(written: Written, fresh: SegmentPreview | undefined) {
  return useMemo(() => {
    const tooNew = new Map<string, number>()
    const observed = keptByNode(written.observed, fresh?.clauses ?? [])
    for (const [id, count] of observed) tooNew.set(id, (fresh?.everyone ?? 0) - count)
    return {
      kept: keptByNode(written.paths, fresh?.clauses ?? []),
      warnings: rowWarnings(written, fresh?.warnings ?? []),
      tooNew,
    }
  }, [written, fresh])
}

type Form = 'builder' | 'yaml' | 'json'

interface FormsProps {
  draft: BuilderDraft
  definition: ReturnType<typeof writeDefinition>['definition']
  text: TextState
  onText: (state: TextState) => void
}

function Forms({ draft, definition, text, onText }: FormsProps) {
  const [form, setForm] = useState<Form>('builder')
  const [opens, setOpens] = useState(0)
  const [next, setNext] = useState<Form | null>(null)
  const read = (changed: NonNullable<typeof definition>) => draft.replace(() => readDefinition(changed), 'text')
  // The text is written anew each time its tab opens; while it is open, what the reader types is the text.
  const open = (other: Form) => {
    setOpens(opens + 1)
    setForm(other)
    setNext(null)
  }
  // What was typed last is read before its tab closes; where it cannot be, the tab stays with the reason, and the next click leaves.
  if (next !== null && text === 'read') open(next)
  if (next !== null && text === 'refused') setNext(null)
  const choose = (chosen: string | null) => {
    const other = (chosen ?? 'builder') as Form
    if (text === 'reading') return setNext(other)
    open(other)
    onText('read')
  }
  return (
    <Tabs value={form} onChange={choose} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="builder">Builder</Tabs.Tab>
        <Tabs.Tab value="yaml">YAML</Tabs.Tab>
        <Tabs.Tab value="json">JSON</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="builder">
        <UnitChoice tree={draft.tree} onChange={(changed) => draft.replace((tree) => ({ ...changed, root: tree.root }))} />
        <GroupBox group={draft.tree.root} as="root" />
      </Tabs.Panel>
      <Tabs.Panel value="yaml">{form === 'yaml' && <TextForm key={opens} form="yaml" definition={definition} onRead={read} onState={onText} />}</Tabs.Panel>
      <Tabs.Panel value="json">{form === 'json' && <TextForm key={opens} form="json" definition={definition} onRead={read} onState={onText} />}</Tabs.Panel>
    </Tabs>
  )
}

function Actions({ draft, blocked, onSave }: { draft: BuilderDraft; blocked: boolean; onSave: () => void }) {
  useHotkeys([
    ['mod+Z', draft.undo],
    ['mod+shift+Z', draft.redo],
    ['mod+Y', draft.redo],
  ])
  return (
    <>
      <Tooltip label="Undo (Ctrl+Z)">
        <ActionIcon variant="default" size={36} aria-label="Undo" disabled={!draft.canUndo} onClick={draft.undo}>
          <IconArrowBackUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl+Shift+Z)">
        <ActionIcon variant="default" size={36} aria-label="Redo" disabled={!draft.canRedo} onClick={draft.redo}>
          <IconArrowForwardUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Button leftSection={<IconDeviceFloppy size={16} aria-hidden />} disabled={blocked} onClick={onSave}>
        Save
      </Button>
    </>
  )
}

const nothing = { where: undefined, unit: undefined, accountType: undefined }

/** Keeps the conditions in the address, so that reload and sharing work; a saved segment's own need not stand there. undefined: leaves it as it is. */
function useAddress(json: string | null | undefined, segment: Segment | null): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (json === undefined) return
    const timer = setTimeout(() => {
      const { where, unit, accountType } = (json === null ? {} : JSON.parse(json)) as { where?: unknown; unit?: string; accountType?: string }
      const unchanged = segment?.definition !== undefined && JSON.stringify(segment?.definition) === json
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...(unchanged ? nothing : { where, unit: unit === 'account' ? unit : undefined, accountType }) }),
        replace: true,
        resetScroll: false,
      })
    }, 300)
    return () => clearTimeout(timer)
  }, [json, segment, navigate])
}

/** A short name from the sentence: without its opening, with a capital. */
function nameFrom(sentence: string): string {
  const short = sentence.replace(/^(people|accounts) (who|whose|that)\s+/i, '').replace(/\.$/, '')
  return (short.charAt(0).toUpperCase() + short.slice(1)).slice(0, 80)
}
