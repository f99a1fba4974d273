/** The token of a sign-in link: `/login#token=…`, which no server or proxy ever sees, or `/login?token=…`. */
export function tokenOf({ hash, search }: { hash: string; search: string }): string | null {
  return new URLSearchParams(hash.slice(1)).get('token') || new URLSearchParams(search).get('token') || null
}
