import { type Segment, type SegmentTest, type SegmentUnit, segmentTestSchema } from '@kindred/model'
import { Alert, Button, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../../../app/error-message.ts'

const events = [{ event: 'order_completed', at: '2026-03-01T12:00:00Z', properties: {} }]
const examples: Record<SegmentUnit, object> = {
  person: { properties: { country: 'IE' }, events },
  account: { properties: { industry: 'Software' }, people: [{ properties: {}, events }] },
}

/** One more sample: by its id, or written down. */
export function AddTest({ segment: { unit, definition }, onAdd }: { segment: Segment; onAdd: (test: SegmentTest) => void }) {
  const [name, setName] = useState('')
  const [who, setWho] = useState<'id' | 'written'>('id')
  const [id, setId] = useState('')
  const [type, setType] = useState(definition?.accountType ?? '')
  const [text, setText] = useState(() => JSON.stringify(examples[unit], null, 2))
  const [expected, setExpected] = useState<'in' | 'out'>('in')
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    try {
      const byId = unit === 'account' ? { accountKey: { type, key: id } } : { distinctId: id }
      const test = segmentTestSchema.safeParse({ name, expected, ...(who === 'id' ? byId : { [unit]: JSON.parse(text) as unknown }) })
      if (!test.success) return setProblem(`${test.error.issues[0]?.path.join('.')}: ${test.error.issues[0]?.message}`)
      setProblem(null)
      setName('')
      setId('')
      onAdd(test.data)
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  const lacksId = who === 'id' && (id.trim() === '' || (unit === 'account' && type.trim() === ''))
  return (
    <Stack maw={520} gap="xs">
      <TextInput label="Name of the sample" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} />
      <SegmentedControl
        aria-label="Who"
        data={[
          { value: 'id', label: unit === 'account' ? 'An account by key' : 'Somebody by id' },
          { value: 'written', label: 'Written down' },
        ]}
        value={who}
        onChange={(value) => setWho(value === 'written' ? 'written' : 'id')}
      />
      {who === 'id' ? (
        <Group grow align="flex-start">
          {unit === 'account' && <TextInput label="Type" value={type} onChange={(event) => setType(event.currentTarget.value)} />}
          <TextInput label={unit === 'account' ? 'Key' : 'Distinct id'} value={id} onChange={(event) => setId(event.currentTarget.value)} />
        </Group>
      ) : (
        <Textarea
          label={unit === 'account' ? 'Properties and people, as JSON' : 'Properties and events, as JSON'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          ff="monospace"
        />
      )}
      <SegmentedControl
        aria-label="Must be"
        data={[
          { value: 'in', label: 'Must be in' },
          { value: 'out', label: 'Must be out' },
        ]}
        value={expected}
        onChange={(value) => setExpected(value === 'out' ? 'out' : 'in')}
      />
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      <Button variant="default" onClick={add} w="fit-content" disabled={name.trim() === '' || lacksId}>
        Add the sample
      </Button>
    </Stack>
  )
}
