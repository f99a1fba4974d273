import { KindredError } from '@kindred/model'

type SystemError = Partial<NodeJS.ErrnoException> & { address?: string; port?: number }

/** What a person can do about the errors of the system that a wrong word on the command line leads to. */
const sentences: Partial<Record<string, (error: SystemError) => string>> = {
  ENOENT: ({ path }) => `There is no file ${path}.`,
  EISDIR: ({ path }) => `${path ?? 'This'} is a folder; give a file.`,
  EACCES: ({ path, address, port }) =>
    path === undefined ? `This user may not listen on port ${port} of ${address}. Choose another with --port.` : `This user may not open ${path}.`,
  EADDRINUSE: ({ address, port }) => `Port ${port} of ${address} is taken by another program. Choose another with --port.`,
}

/** What the terminal says of an error; `whole` keeps what only a programmer can use. */
export function failureText(error: unknown, whole = false): unknown {
  if (error instanceof KindredError) return error.message
  if (!(error instanceof Error) || whole) return error
  const { code = '' } = error as SystemError
  return sentences[code]?.(error as SystemError) ?? error.message
}
