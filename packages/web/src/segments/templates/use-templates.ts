import type { TemplateReply } from '@kindred/model'
import { useProjectList } from '../../api/project.ts'

/** The templates as filled in for this project. What fills them in hardly changes and takes a look at everybody, so it is not asked at each page. */
export const useTemplates = () => useProjectList<TemplateReply>('templates', { staleTime: 5 * 60_000 })
