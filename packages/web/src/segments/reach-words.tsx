import type { KeptReach } from '@kindred/model'
import { Text, type TextProps } from '@mantine/core'
import { formatNumber } from '../app/format.ts'

interface ReachWordsProps extends TextProps {
  reach: KeptReach
}

const says = 'With an address or a number, and consent to marketing in the ledger'

export const reachWords = ({ email, sms }: KeptReach) => `${formatNumber(email)} by e-mail, ${formatNumber(sms)} by SMS`

/** "830 by e-mail, 210 by SMS": beside the size of a segment, how many of its people can be written to. */
export function ReachWords({ reach, ...rest }: ReachWordsProps) {
  return (
    <Text span c="dimmed" size="xs" title={says} {...rest}>
      {reachWords(reach)}
    </Text>
  )
}
