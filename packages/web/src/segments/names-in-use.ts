/** The names that segments go by, each once and in order: folders, tags. */
export function namesInUse(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '').sort((one, other) => one.localeCompare(other))
}
