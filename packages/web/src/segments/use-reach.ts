import type { DefinitionReach, KeptReach, SegmentDefinition } from '@kindred/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId } from '../api/project.ts'

interface Counted {
  definition: SegmentDefinition
  /** The position that the size beside it is exact to; undefined: now. */
  watermark: number | undefined
}

/** How many of the people of a definition can be written to: asked beside their number, so that the number itself does not wait for it. Of accounts, nobody. */
export function useReach(counted: Counted | undefined): KeptReach | undefined {
  const project = useProjectId()
  const of = JSON.stringify(counted?.definition)
  const { data } = useQuery({
    queryKey: ['project', project, 'segments/reach', of, counted?.watermark],
    queryFn: async ({ signal }) => {
      const { reach } = await api.post<DefinitionReach>(projectPath(project, 'segments/reach'), counted, { signal })
      return { of, reach: { email: reach.email.reachable, sms: reach.sms.reachable } }
    },
    enabled: counted?.definition.unit === 'person',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return data?.of === of ? data?.reach : undefined
}
