import type { Segment, SegmentAccounts, SegmentMembers, SegmentPeople } from '@kindred/model'
import { useState } from 'react'
import { useProjectQuery } from '../../api/project.ts'
import { type AsOf, asOfNow, asOfRequest } from './as-of.tsx'

export const membersPerPage = 50

/** One page of a segment's members, from 1; a change of the segment asks anew. */
export const usePeople = (segment: Pick<Segment, 'id'>) => useMembersOf<SegmentPeople>(segment)
export const useAccounts = (segment: Pick<Segment, 'id'>) => useMembersOf<SegmentAccounts>(segment)

function useMembersOf<Found extends SegmentMembers>(segment: Pick<Segment, 'id'>) {
  const [page, setPage] = useState(1)
  const [asOf, setDay] = useState(asOfNow)
  const [asked, setAsked] = useState(asOfRequest(asOfNow))
  const setAsOf = (next: AsOf) => {
    setDay(next)
    // Told here, so that the moment stays the same from one look to the next.
    setAsked(asOfRequest(next))
    setPage(1)
  }
  const query = useProjectQuery<Found>(`segments/${segment.id}/members`, { limit: membersPerPage, offset: (page - 1) * membersPerPage, ...asked })
  return { query, page, setPage, asOf, setAsOf }
}
