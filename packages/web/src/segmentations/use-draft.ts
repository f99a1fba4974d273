import { type Segmentation, type SegmentationSave, segmentationSave } from '@kindred/model'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, projectQuery, useProjectId } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'

export interface Draft {
  save: SegmentationSave
  change: (part: Partial<SegmentationSave>) => void
  /** What keeps it from being saved as it stands; null: nothing. */
  problem: string | null
  state: 'saved' | 'saving' | 'unsaved'
}

const pause = 700

/** What is typed, saved a moment after the reader pauses; what cannot be saved stays on the page with the reason. */
export function useDraft({ id, segmentation, updatedAt }: Segmentation): Draft {
  const project = useProjectId()
  const client = useQueryClient()
  const [save, setSave] = useState(segmentation)
  const [state, setState] = useState<Draft['state']>('saved')
  const [problem, setProblem] = useState<string | null>(null)
  const last = useRef(updatedAt)
  const before = useRef<Promise<void>>(Promise.resolve())
  const put = async (changed: SegmentationSave) => {
    setState('saving')
    try {
      const saved = await api.put<Segmentation>(projectPath(project, `segmentations/${id}`), { ...changed, updatedAt: last.current })
      last.current = saved.updatedAt
      client.setQueryData(projectQuery(project, `segmentations/${id}`).queryKey, saved)
      await client.invalidateQueries({ queryKey: ['project', project, `segmentations/${id}/report`] })
      setState('saved')
    } catch (error) {
      setProblem(messageOf(error))
      setState('unsaved')
    }
  }
  // One after another: each save is a change of what the one before it left.
  const send = useDebouncedCallback((changed: SegmentationSave) => {
    before.current = before.current.then(() => put(changed))
  }, pause)
  const change = (part: Partial<SegmentationSave>) => {
    const changed = { ...save, ...part }
    setSave(changed)
    const parsed = segmentationSave.safeParse(finished(changed))
    setProblem(parsed.success ? null : missing(parsed.error.issues[0]))
    setState('unsaved')
    if (parsed.success) send(parsed.data)
  }
  return { save, change, problem, state }
}

/** Without the rows that have no name yet: they stay on the page, and are saved once they have one. */
function finished(save: SegmentationSave): SegmentationSave {
  const isNamed = ({ name }: { name: string }) => name.trim() !== ''
  return { ...save, stakeholders: save.stakeholders.filter(isNamed), variables: save.variables.filter(isNamed) }
}

function missing(issue: { path: PropertyKey[]; message: string } | undefined): string {
  switch (issue?.path.at(-1)) {
    case 'name':
      return 'Give it a name.'
    case 'everyoneElse':
      return 'Say what those who fit none are called.'
    default:
      return issue?.message ?? 'Something is missing.'
  }
}
