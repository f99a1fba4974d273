/** The command that the arguments name. It comes first: a later word without a dash may be an option's value, as in `kindred --port 9000`. */
export function namedCommand(args) {
  const [first] = args
  return first === undefined || first.startsWith('-') ? 'start' : first
}
