import type { Stakeholder } from '@kindred/model'
import { ActionIcon, Button, Input, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '../../app/icons.tsx'
import { newId } from '../../app/new-id.ts'
import type { StepProps } from './step-props.ts'
import classes from './steps.module.css'

/** What is to be reached, what comes out of it, and who has to agree. */
export function ObjectiveStep({ save: { objective, stakeholders }, change }: StepProps) {
  return (
    <>
      <Textarea
        label="Objective"
        description="What the segmentation is to achieve, and how you will know."
        autosize
        minRows={2}
        value={objective.text}
        onChange={(event) => change({ objective: { ...objective, text: event.currentTarget.value } })}
      />
      <TextInput
        label="Outcome it should explain"
        description="What the segments should differ in, for example revenue in the next 90 days."
        value={objective.outcome}
        onChange={(event) => change({ objective: { ...objective, outcome: event.currentTarget.value } })}
      />
      <TagsInput
        label="Deliverables"
        description="What others will get: a report, a list for sales, a page on the intranet. Enter takes each."
        value={objective.deliverables}
        onChange={(deliverables) => change({ objective: { ...objective, deliverables } })}
      />
      <Stakeholders stakeholders={stakeholders} onChange={(changed) => change({ stakeholders: changed })} />
    </>
  )
}

function Stakeholders({ stakeholders, onChange }: { stakeholders: Stakeholder[]; onChange: (stakeholders: Stakeholder[]) => void }) {
  const set = (index: number, part: Partial<Stakeholder>) => onChange(stakeholders.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <Input.Wrapper label="Stakeholders" labelElement="div" description="Whose goals are affected. Each gets a link to comment and to sign off.">
      <Stack gap="xs" mt="xs">
        {stakeholders.map((each, index) => (
          <div key={each.id} className={classes.stakeholder}>
            <TextInput
              aria-label={`Name of stakeholder ${index + 1}`}
              placeholder="Name"
              value={each.name}
              onChange={(event) => set(index, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={`Part of stakeholder ${index + 1}`}
              placeholder="Head of sales"
              value={each.role}
              onChange={(event) => set(index, { role: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${each.name === '' ? `stakeholder ${index + 1}` : each.name}`}
              onClick={() => onChange(stakeholders.filter((_, at) => at !== index))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange([...stakeholders, { id: newId(), name: '', role: '' }])}
        >
          Add a stakeholder
        </Button>
      </Stack>
    </Input.Wrapper>
  )
}
