import type { Segment } from '@kindred/model'
import { TextLink } from '../../app/links.tsx'

/** To the reasons of one member. */
export function WhyLink({ segment, member, label }: { segment: Segment; member: number; label: string }) {
  return (
    <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} search={{ tab: 'why', person: member }} aria-label={`Why ${label}`}>
      Why
    </TextLink>
  )
}
