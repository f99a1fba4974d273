import type { DefinitionReach, KeptReach } from '@kindred/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import type { Previewed } from './use-preview.ts'

/** How many of the people previewed can be written to: asked after the preview, of the same position, so that the size itself does not wait for it. */
export function useReach(previewed: Previewed | undefined): KeptReach | undefined {
  const project = useProjectId()
  const { of, preview } = previewed ?? {}
  const { data } = useQuery({
    queryKey: ['project', project, 'segments/reach', of, preview?.watermark],
    queryFn: async ({ signal }) => {
      const definition = JSON.parse(of ?? 'null')
      const { reach } = await api.post<DefinitionReach>(projectPath(project, 'segments/reach'), { definition, watermark: preview?.watermark }, { signal })
      return { of, reach: { email: reach.email.reachable, sms: reach.sms.reachable } }
    },
    enabled: preview?.unit === 'person',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return data?.of === of ? data?.reach : undefined
}
