import { type Project, type Season, usualSeasons } from '@kindred/model'
import { ActionIcon, Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { IconPlus, IconTrash } from '../app/icons.tsx'
import { notifyDone } from '../app/notify.ts'
import { DayOfYear } from './day-of-year.tsx'
import { Section } from './section.tsx'

interface Row extends Season {
  key: number
}

const newSeason: Season = { name: '', from: '01-01', to: '01-31' }

/** The parts of the year that segments can name; what is typed stays until it is saved. */
export function Seasons({ project }: { project: Project }) {
  const refresh = useRefreshProject()
  const [rows, setRows] = useState(() => withKeys(project.seasons))
  const seasons = rows.map(({ key, ...season }) => ({ ...season, name: season.name.trim() }))
  const saving = useMutation({
    mutationFn: () => api.patch<Project>(projectPath(project.id), { seasons }),
    onSuccess: async () => {
      await refresh()
      notifyDone('Saved.')
    },
  })
  const change = (key: number, next: Partial<Season>) => setRows(rows.map((row) => (row.key === key ? { ...row, ...next } : row)))
  const problems = seasons.map(({ name }, index) => nameProblem(name, seasons.slice(0, index)))
  const changed = JSON.stringify(seasons) !== JSON.stringify(project.seasons)
  return (
    <Section title="Seasons" says="Parts of every year that segments can name, such as who buys in the holidays. Both days belong; a season may pass New Year.">
      <Stack gap="md">
        {rows.map((row, index) => (
          <SeasonRow
            key={row.key}
            season={row}
            problem={problems[index] ?? null}
            onChange={(next) => change(row.key, next)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group>
          <Button loading={saving.isPending} disabled={!changed || problems.some((problem) => problem !== null)} onClick={() => saving.mutate()}>
            Save seasons
          </Button>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setRows([...rows, { ...newSeason, key: nextKey(rows) }])}>
            Add a season
          </Button>
          <Button variant="subtle" onClick={() => setRows(withKeys(usualSeasons))}>
            Back to the usual ones
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}

interface SeasonRowProps {
  season: Season
  problem: string | null
  onChange(next: Partial<Season>): void
  onRemove(): void
}

function SeasonRow({ season, problem, onChange, onRemove }: SeasonRowProps) {
  const named = season.name.trim() || 'New season'
  const { south } = season
  return (
    <Stack gap="xs" role="group" aria-label={named}>
      <Group align="flex-start" gap="xs">
        <TextInput
          aria-label="Name of the season"
          placeholder="Name"
          maxLength={60}
          w={124}
          value={season.name}
          error={season.name === '' ? null : problem}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Group gap="xs">
          <DayOfYear label="From" value={season.from} onChange={(from) => onChange({ from })} />
          <DayOfYear label="to" value={season.to} onChange={(to) => onChange({ to })} />
        </Group>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove ${named}`} onClick={onRemove}>
          <IconTrash size={18} />
        </ActionIcon>
      </Group>
      <Checkbox
        label="On other days for people south of the equator"
        checked={south !== undefined}
        onChange={(event) => onChange({ south: event.currentTarget.checked ? { from: season.from, to: season.to } : undefined })}
      />
      {south && (
        <Group gap="xs">
          <DayOfYear label="From" value={south.from} onChange={(from) => onChange({ south: { ...south, from } })} />
          <DayOfYear label="to" value={south.to} onChange={(to) => onChange({ south: { ...south, to } })} />
        </Group>
      )}
    </Stack>
  )
}

function nameProblem(name: string, before: readonly Season[]): string | null {
  if (name === '') return 'Give it a name.'
  return before.some((other) => other.name.toLowerCase() === name.toLowerCase()) ? 'Another season has this name.' : null
}

function withKeys(seasons: readonly Season[]): Row[] {
  return seasons.map((season, key) => ({ ...season, key }))
}

function nextKey(rows: readonly Row[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1
}
