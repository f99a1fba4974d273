import { SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { IdFields, SkipEmpty } from './id-fields.tsx'
import type { AccountMapping } from './mapping-kind.ts'
import type { PartProps } from './part.ts'
import { TimeFields } from './time-fields.tsx'

/** Which account a row is. */
export function AccountPart({ inspection, mapping, onChange }: PartProps) {
  const { account } = mapping
  if (!account) return null
  const columns = inspection.columns.map(({ name }) => name)
  const change = (part: Partial<AccountMapping>) => onChange({ ...mapping, account: { ...account, ...part } })
  return (
    <Stack>
      <div>
        <Title order={3}>Which account</Title>
        <Text c="dimmed">Rows with the same type and id are the same account, here and in everything else you send.</Text>
      </div>
      <div>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
          <TextInput label="Type of account" value={account.type} onChange={(event) => change({ type: event.currentTarget.value })} required />
          <IdFields label="Account id" columns={columns} id={account.id} onChange={(id) => !(typeof id === 'object' && 'row' in id) && change({ id })} />
        </SimpleGrid>
        <SkipEmpty whenEmpty={account.whenEmpty} onChange={(whenEmpty) => change({ whenEmpty })} />
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        <TimeFields
          time={account.time}
          columns={columns}
          without="The moment of the import"
          onChange={(time) => {
            const { time: _, ...rest } = account
            onChange({ ...mapping, account: time === undefined ? rest : { ...rest, time } })
          }}
        />
      </SimpleGrid>
    </Stack>
  )
}
