/** The same function, which keeps what it said of up to `most` texts; above that it begins anew. */
export function remembering<Result>(read: (text: string) => Result, most = 10_000): (text: string) => Result {
  const said = new Map<string, Result>()
  return (text) => {
    const known = said.get(text)
    // That nothing is known is worth remembering too: it is what most texts come to.
    if (known !== undefined || said.has(text)) return known as Result
    if (said.size >= most) said.clear()
    const result = read(text)
    said.set(text, result)
    return result
  }
}
