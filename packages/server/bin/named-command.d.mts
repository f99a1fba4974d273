export function namedCommand(args: readonly string[]): string
