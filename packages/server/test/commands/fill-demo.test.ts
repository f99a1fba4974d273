import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fillDemo } from '../../src/commands/start.ts'
import type { Parts } from '../../src/parts.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'

test('a demo shop that cannot be filled is told in a sentence, and the server that was started goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-fill-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const catalog = await openCatalog(join(folder, 'catalog.sqlite'))
  await catalog.destroy()
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  // Nothing is asked of the other parts before the catalog.
  await fillDemo({ catalog } as Parts)
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^\nThe demo shop could not be filled: ./)]])
})
