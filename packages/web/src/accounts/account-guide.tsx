import type { AccountProfile, GuideRow } from '@kindred/model'
import { standardFieldNamed } from '@kindred/model'
import { useProjectList } from '../api/project.ts'
import { TextLink } from '../app/links.tsx'

/** The way to the guide of the account's industry, where there is one. */
export function AccountGuide({ account }: { account: AccountProfile }) {
  const { data } = useProjectList<GuideRow>('guides')
  const industry = industryOf(account)
  const guide = industry === undefined ? undefined : data?.find((each) => each.industry.toLowerCase() === industry.toLowerCase())
  if (guide === undefined) return null
  return (
    <TextLink to="/guides/$guideId" params={{ guideId: guide.id }} style={{ alignSelf: 'flex-start' }}>
      Guide to the industry: {guide.industry}
    </TextLink>
  )
}

function industryOf({ facts }: AccountProfile): string | undefined {
  const names = standardFieldNamed('standard.industry')?.sources ?? []
  const value = names.map((name) => facts.find(({ key }) => key === name)?.value).find((each) => typeof each === 'string')
  return typeof value === 'string' ? value : undefined
}
