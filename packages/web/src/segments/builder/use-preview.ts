import type { SegmentDefinition, SegmentPreview } from '@kindred/model'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { newId } from '../../app/new-id.ts'

/** A preview together with the definition it is of, as the page may be one step ahead. */
export interface Previewed {
  of: string
  preview: SegmentPreview
}

/** What was previewed, at the position of the preview. */
export function countedBy({ of, preview: { watermark } }: Previewed): { definition: SegmentDefinition; watermark: number } {
  return { definition: JSON.parse(of) as SegmentDefinition, watermark }
}

/** Counts a definition a moment after the reader pauses; the question before it is dropped, its answer stays in view. */
export function usePreview(definition: SegmentDefinition | null) {
  const project = useProjectId()
  const [settled] = useDebouncedValue(definition === null ? null : JSON.stringify(definition), 250)
  const [question] = useState(newId)
  const result = useQuery({
    queryKey: ['project', project, 'segments/preview', settled],
    queryFn: async ({ signal }): Promise<Previewed> => {
      if (settled === null) throw new Error('there is nothing to preview')
      const preview = await api.post<SegmentPreview>(projectPath(project, 'segments/preview'), { definition: JSON.parse(settled) }, { signal, question })
      return { of: settled, preview }
    },
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return { ...result, question }
}
