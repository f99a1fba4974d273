import type { Segment, SegmentMembers } from '@kindred/model'
import { useProjectQuery } from '../../api/project.ts'

export const membersPerPage = 50

/** One page of a segment's members, from 1; a change of the segment asks anew. */
export const useMembers = (segment: Pick<Segment, 'id'>, page: number) =>
  useProjectQuery<SegmentMembers>(`segments/${segment.id}/members`, { limit: membersPerPage, offset: (page - 1) * membersPerPage })
