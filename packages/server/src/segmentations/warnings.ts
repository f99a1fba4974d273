import type { SegmentationReport, SegmentationSave, SegmentationStep } from '@kindred/model'

type Counted = Omit<SegmentationReport, 'warnings'>

interface Judged {
  save: SegmentationSave
  report: Counted
  /** How many stakeholders have signed what stands there now. */
  signed: number
  /** Today, as a date in the project's zone. */
  today: string
}

const mostVariables = 5
const mostGroups = 12
/** Below this share of the scope, or this number, a group is too small to tell an effect from chance. */
const smallestShare = 0.01
const smallestGroup = 100
const knownEnough = 0.5
const overlapsMuch = 0.1

/** One line of a check: where it is put right, whether it applies, and what to do. */
type Check = readonly [step: SegmentationStep, applies: boolean, says: string]

/** What usually makes a segmentation fail, said before it does. */
export function segmentationWarnings(judged: Judged): SegmentationReport['warnings'] {
  const checks = [...aboutPurpose(judged), ...aboutData(judged), ...aboutGroups(judged), ...aboutTime(judged)]
  return checks.flatMap(([step, applies, says]) => (applies ? [{ step, says }] : []))
}

function aboutPurpose({ save: { problem, objective, stakeholders }, signed }: Judged): Check[] {
  return [
    ['problem', problem.area === undefined && problem.text === '', 'No problem is named. Say which area it is in and what should be better afterwards.'],
    ['objective', objective.text === '', 'There is no objective. Say what the segmentation is to achieve.'],
    ['objective', objective.outcome === '', 'No outcome is named. Say what the segments should differ in, for example revenue in the next 90 days.'],
    ['objective', stakeholders.length === 0, 'Nobody is named whose goals are affected. Segmentations made alone are seldom used: name the stakeholders.'],
    [
      'objective',
      stakeholders.length > 0 && signed < stakeholders.length,
      `${signed} of ${stakeholders.length} stakeholders have signed what stands here. Send each of them a link.`,
    ],
  ]
}

function aboutData({ save: { variables }, report }: Judged): Check[] {
  const chosen = variables.filter((each) => each.chosen)
  const unobtainable = chosen.filter(({ obtainable }) => !obtainable)
  const unknown = report.known.filter(({ name, share }) => share !== null && share < knownEnough && chosen.some((each) => each.name === name))
  const unplanned = chosen.filter(({ source }) => source === '')
  return [
    ['data', variables.length === 0, 'There is no data plan. List the variables with their source and their owner.'],
    ['data', unplanned.length > 0, `No source is given of ${names(unplanned)}.`],
    ['variables', variables.length > 0 && chosen.length === 0, 'No variable is chosen. Take the fewest that split most.'],
    [
      'variables',
      chosen.length > mostVariables,
      `${chosen.length} variables are a lot: each one more makes groups smaller and harder to explain. Keep at most ${mostVariables}.`,
    ],
    ['variables', unobtainable.length > 0, `The segmentation is made by what cannot be had: ${names(unobtainable)}.`],
    ['variables', unknown.length > 0, `Known of fewer than half of the people: ${names(unknown)}. Most will land in everyone else.`],
  ]
}

function aboutGroups({ save: { groups, target, scope }, report }: Judged): Check[] {
  const main = report.groups.filter(({ segment, mainSegment }) => segment !== null && mainSegment === null)
  const count = groups.by === 'segments' ? main.length : report.groups.length
  const small = report.groups.filter(
    ({ segment, own }) => (segment !== null || groups.by !== 'segments') && own < Math.max(smallestGroup, smallestShare * report.inScope),
  )
  const covered = report.inScope === 0 ? 0 : report.covered / report.inScope
  const whom = report.unit === 'account' ? 'accounts' : 'people'
  return [
    ['groups', count < 2, 'Fewer than two main segments: nothing is told apart yet.'],
    ['groups', count > mostGroups, `${count} groups are more than a team can act on. Make some of them niches of a main segment.`],
    ['groups', count >= 2 && small.length > 0, `Too small to test anything with: ${names(small)}. Join them with another, or widen their rules.`],
    [
      'groups',
      report.inScope > 0 && report.overlapping / report.inScope > overlapsMuch,
      `${percent(report.overlapping / report.inScope)} of the ${whom} fit several rules. Check the order.`,
    ],
    [
      'scope',
      scope.cover !== undefined && covered * 100 < scope.cover,
      `The segments cover ${percent(covered)} of the ${whom}; ${scope.cover} % were aimed at.`,
    ],
    ['groups', groups.by === 'segments' && count >= 2 && target === null, 'No segment is marked as the target: the one you will act on first.'],
  ]
}

function aboutTime({ save: { scope, revision }, today }: Judged): Check[] {
  return [
    ['scope', scope.until !== undefined && scope.until < today, `The time that was set for it ended on ${scope.until}.`],
    ['revision', revision.next === undefined, 'No day is set for looking at it again. Customers move.'],
    ['revision', revision.next !== undefined && revision.next < today, `It was to be looked at again on ${revision.next}.`],
  ]
}

const names = (of: readonly { name: string }[]) => of.map(({ name }) => name).join(', ')
const percent = (share: number) => `${Math.round(share * 100)} %`
