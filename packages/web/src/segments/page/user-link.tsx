import type { SegmentUser } from '@kindred/model'
import { TextLink } from '../../app/links.tsx'

export const userKindWords: Record<SegmentUser['kind'], string> = {
  segment: 'a segment',
  insight: 'an insight',
  trait: 'a trait',
  segmentation: 'a segmentation',
}

/** The name of what asks a segment who is in it, leading there; `editing`: to where a rule can be changed. */
export function UserLink({ user, editing = false }: { user: SegmentUser; editing?: boolean }) {
  const id = String(user.id)
  switch (user.kind) {
    case 'segment':
      return (
        <TextLink underline="always" to={editing ? '/segments/$segmentId/edit' : '/segments/$segmentId'} params={{ segmentId: id }}>
          {user.name}
        </TextLink>
      )
    case 'insight':
      return (
        <TextLink underline="always" to="/insights/$insightId" params={{ insightId: id }}>
          {user.name}
        </TextLink>
      )
    case 'segmentation':
      return (
        <TextLink underline="always" to="/segmentations/$segmentationId" params={{ segmentationId: id }}>
          {user.name}
        </TextLink>
      )
    case 'trait':
      return (
        <TextLink underline="always" to="/data/traits">
          {user.name}
        </TextLink>
      )
  }
}
