import type { Segment, SegmentAccounts, SegmentMembers, SegmentPeople } from '@kindred/model'
import { useProjectQuery } from '../../api/project.ts'

export const membersPerPage = 50

/** One page of a segment's members, from 1; a change of the segment asks anew. */
export const usePeople = (segment: Pick<Segment, 'id'>, page: number) => useMembersOf<SegmentPeople>(segment, page)
export const useAccounts = (segment: Pick<Segment, 'id'>, page: number) => useMembersOf<SegmentAccounts>(segment, page)

const useMembersOf = <Found extends SegmentMembers>(segment: Pick<Segment, 'id'>, page: number) =>
  useProjectQuery<Found>(`segments/${segment.id}/members`, { limit: membersPerPage, offset: (page - 1) * membersPerPage })
