import type { InstanceClient } from './instance-client.ts'

/** The page that spends a sign-in token. The token stands behind the #, which browsers do not send. */
export function loginLink(url: string, token: string): string {
  return `${url}/login#token=${token}`
}

/** A new sign-in link of the running instance. */
export async function requestLoginLink({ url, authorization }: InstanceClient): Promise<string> {
  const answer = await fetch(`${url}/api/v1/login-links`, { method: 'POST', headers: { authorization } })
  if (!answer.ok) throw new Error(`No link: ${url} answered ${answer.status}.`)
  const { token } = (await answer.json()) as { token: string }
  return loginLink(url, token)
}
