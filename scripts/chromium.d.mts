/** The path of a browser, or undefined. */
export function findChromium(): string | undefined
/** A browser, installed where this process may do that. Errors: a sentence that says what to install. */
export function requireChromium(): string
