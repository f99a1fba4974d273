/** A random id. `crypto.randomUUID` is there on https and on the machine itself only, and Kindred is also opened by the name of a machine in the house. */
export function newId(): string {
  const [a = '', b = '', c = '', d = ''] = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, '0'))
  const variant = ((Number.parseInt(c.slice(0, 1), 16) & 3) | 8).toString(16)
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
}
