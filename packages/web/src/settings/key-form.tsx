import { type Scope, scopes, scopeWords } from '@kindred/model'
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'

export interface NewKey {
  name: string
  scopes: Scope[]
  /** Epoch milliseconds; null: never. */
  expiresAt: number | null
}

const day = 86_400_000
const lifetimes = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
]

interface KeyFormProps {
  busy: boolean
  onMake: (key: NewKey) => void
}

/** A new key: what it is for, what it may do and how long. It begins with as little as a key can have. */
export function KeyForm({ busy, onMake }: KeyFormProps) {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string[]>(['read'])
  const [lifetime, setLifetime] = useState('365')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const expiresAt = lifetime === 'never' ? null : Date.now() + Number(lifetime) * day
    onMake({ name: name.trim(), scopes: scopes.filter((scope) => chosen.includes(scope)), expiresAt })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Group align="flex-end">
          <TextInput
            label="Name of a new key"
            placeholder="Nightly export"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            flex="1 1 200px"
          />
          <Select label="It ends" data={lifetimes} value={lifetime} onChange={(value) => setLifetime(value ?? 'never')} allowDeselect={false} w={150} />
        </Group>
        <Checkbox.Group label="It may" value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeWords[scope]} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group>
          <Button type="submit" loading={busy} disabled={name.trim() === '' || chosen.length === 0}>
            Make a key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
