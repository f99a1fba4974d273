import { behavioural } from './behavioural.ts'
import { business } from './business.ts'
import { demographic } from './demographic.ts'
import { geographic } from './geographic.ts'
import { lifecycle } from './lifecycle.ts'
import { needsBased } from './needs-based.ts'
import { psychographic } from './psychographic.ts'
import { technographic } from './technographic.ts'
import type { Template } from './template.ts'
import { valueBased } from './value-based.ts'

/** Every template, in the order of the gallery. */
export const templates: readonly Template[] = [
  ...demographic,
  ...geographic,
  ...behavioural,
  ...psychographic,
  ...technographic,
  ...needsBased,
  ...valueBased,
  ...lifecycle,
  ...business,
]
