import { useNavigate } from '@tanstack/react-router'
import { useProjectId } from '../api/project.ts'
import { useMe } from '../api/session.ts'
import { IconSelector } from './icons.tsx'
import classes from './project-select.module.css'

/** Names the project on the screen and changes to another. The browser's own list: it is small, and right on every device. */
export function ProjectSelect() {
  const project = useProjectId()
  const navigate = useNavigate()
  const { data: me } = useMe()
  return (
    <div className={classes.field}>
      <select
        aria-label="Project"
        className={classes.select}
        value={project}
        onChange={(event) => void navigate({ to: '/', search: { project: Number(event.currentTarget.value) } })}
      >
        {(me?.projects ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <IconSelector size={16} aria-hidden className={classes.arrows} />
    </div>
  )
}
