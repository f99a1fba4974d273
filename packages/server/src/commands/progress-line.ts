/** Rewrites the last line of a terminal; where the output is not one, prints only whole lines. */
export function progressLine(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`)
  else if (text.endsWith('\n')) process.stdout.write(text)
}
