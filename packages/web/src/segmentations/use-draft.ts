import { type Segmentation, type SegmentationSave, segmentationSave } from '@kindred/model'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
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
export function useDraft({ id, segmentation }: Segmentation): Draft {
  const project = useProjectId()
  const client = useQueryClient()
  const [save, setSave] = useState(segmentation)
  const [state, setState] = useState<Draft['state']>('saved')
  const [problem, setProblem] = useState<string | null>(null)
  const send = useDebouncedCallback(async (changed: SegmentationSave) => {
    setState('saving')
    try {
      const saved = await api.put<Segmentation>(projectPath(project, `segmentations/${id}`), changed)
      client.setQueryData(projectQuery(project, `segmentations/${id}`).queryKey, saved)
      await client.invalidateQueries({ queryKey: ['project', project, `segmentations/${id}/report`] })
      setState('saved')
    } catch (error) {
      setProblem(messageOf(error))
      setState('unsaved')
    }
  }, pause)
  const change = (part: Partial<SegmentationSave>) => {
    const changed = { ...save, ...part }
    setSave(changed)
    const parsed = segmentationSave.safeParse(changed)
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Something is missing.'))
    setState('unsaved')
    if (parsed.success) void send(parsed.data)
  }
  return { save, change, problem, state }
}
