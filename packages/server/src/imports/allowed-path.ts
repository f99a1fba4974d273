import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve, sep } from 'node:path'
import { KindredError } from '@kindred/model'

/**
 * The real path of a file below the folder that imports may read; `path` is relative to it or absolute. Links are followed before it is looked at,
 * so none leads out. A path that is not allowed and one that is not there get the same answer. Errors: `import/forbidden-path`.
 */
export async function allowedPath(importRoot: string | null, path: string): Promise<{ path: string; name: string }> {
  const forbidden = new KindredError('import/forbidden-path', { path })
  if (importRoot === null || path.includes('\0')) throw forbidden
  try {
    const root = await realpath(importRoot)
    const real = await realpath(resolve(root, path))
    const inside = relative(root, real)
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw forbidden
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      if (!(await file.stat()).isFile()) throw forbidden
    } finally {
      await file.close()
    }
    return { path: real, name: basename(real) }
  } catch {
    throw forbidden
  }
}
