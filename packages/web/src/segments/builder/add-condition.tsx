import { Button, Menu, ScrollArea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useProject } from '../../api/project.ts'
import { useEvents, useProperties } from '../../data/known-names.ts'
import { insert } from '../tree/edit.ts'
import { group, row } from '../tree/node.ts'
import { useBuilder } from './builder-context.ts'
import { conditionMenu } from './condition-menu.ts'

/** Adds a row to a group, from what people of this project really did and are; or a group in the group. */
export function AddCondition({ into }: { into: string }) {
  const { edit } = useBuilder()
  const { data: events } = useEvents()
  const { data: properties } = useProperties()
  const { data: project } = useProject()
  const groups = conditionMenu({
    events: events ?? [],
    properties: properties ?? [],
    roles: project?.roles ?? { events: {}, properties: {} },
  })
  return (
    <Button.Group>
      <Menu position="bottom-start" shadow="md" width={280}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
            Condition
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ScrollArea.Autosize mah={420} type="auto">
            {groups.map((each) => (
              <div key={each.label}>
                <Menu.Label>{each.label}</Menu.Label>
                {each.items.map((item) => (
                  <Menu.Item key={item.label} onClick={() => edit((root) => insert(root, row(item.draft), { into: into }))}>
                    {item.label}
                  </Menu.Item>
                ))}
              </div>
            ))}
          </ScrollArea.Autosize>
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" size="xs" onClick={() => edit((root) => insert(root, group('any', []), { into: into }))}>
        Group
      </Button>
    </Button.Group>
  )
}
