import { Menu, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useProjectId } from '../api/project.ts'
import { useMe } from '../api/session.ts'
import classes from './menus.module.css'

/** Names the project on the screen and changes to another. */
export function ProjectMenu() {
  const project = useProjectId()
  const navigate = useNavigate()
  const { data: me } = useMe()
  const projects = me?.projects ?? []
  const current = projects.find(({ id }) => id === project)
  return (
    <Menu width={216} position="bottom-start" shadow="sm">
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`Project ${current?.name ?? project}. Change it`}>
          <Text span truncate fw={500}>
            {current?.name ?? `Project ${project}`}
          </Text>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Projects</Menu.Label>
        {projects.map(({ id, name }) => (
          <Menu.Item
            key={id}
            aria-current={id === project || undefined}
            rightSection={id === project ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => void navigate({ to: '/', search: { project: id } })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
