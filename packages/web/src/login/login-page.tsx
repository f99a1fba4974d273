import { Anchor, Button, Code, Container, Loader, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError } from '../api/client.ts'
import { signIn } from '../api/session.ts'
import { Failure } from '../app/loaded.tsx'
import { Logo } from '../app/logo.tsx'
import { tokenOf } from './token.ts'

/** Spends the token of a sign-in link and goes home; without one, or with a spent one, says how to get another. */
export function LoginPage() {
  useDocumentTitle('Sign in · Kindred')
  const [token] = useState(takeToken)
  const { error, retry } = useSignIn(token)
  return (
    <Container component="main" size={480} py={96}>
      <Stack align="flex-start" gap="md">
        <Logo size={40} />
        <Title order={1}>{token !== null && error === null ? 'Signing you in' : 'Sign in to Kindred'}</Title>
        {token !== null && error === null && <Loader size="sm" aria-label="Signing in" />}
        {error !== null &&
          (error.status === 401 ? <Text role="alert">This link was used already or is older than 15 minutes.</Text> : <Failure error={error} retry={retry} />)}
        {(token === null || error?.status === 401) && <HowToGetALink />}
      </Stack>
    </Container>
  )
}

function HowToGetALink() {
  return (
    <Stack gap="sm" align="flex-start">
      <Text>Kindred prints a link when it starts; opening it signs you in. To get a new one, run this on the machine where Kindred runs:</Text>
      <Code block w="100%">
        npx kindred login
      </Code>
      <Text c="dimmed">
        A link works once, for 15 minutes. Signed in already?{' '}
        <Anchor href="/" underline="always">
          Go to Home
        </Anchor>
        .
      </Text>
      <Button variant="default" onClick={() => window.location.reload()}>
        Reload
      </Button>
    </Stack>
  )
}

/** The token leaves the address at once, so that it is neither shared nor kept in the history. */
function takeToken(): string | null {
  const token = tokenOf(window.location)
  if (token !== null) window.history.replaceState(window.history.state, '', '/login')
  return token
}

/** One attempt per token: React runs effects twice in development, and a token works once. */
const attempts = new Map<string, Promise<unknown>>()

function useSignIn(token: string | null): { error: ApiError | null; retry: () => void } {
  const navigate = useNavigate()
  const [error, setError] = useState<ApiError | null>(null)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round tries the same token again
  useEffect(() => {
    if (token === null) return
    let left = false
    const attempt = attempts.get(token) ?? signIn(token)
    attempts.set(token, attempt)
    attempt.then(
      () => (left ? undefined : navigate({ to: '/', replace: true })),
      (failure: unknown) => {
        attempts.delete(token)
        if (!left) setError(failure instanceof ApiError ? failure : new ApiError({ code: 'server/unexpected', message: String(failure) }, 500))
      },
    )
    return () => {
      left = true
    }
  }, [token, round, navigate])
  const retry = () => {
    setError(null)
    setRound(round + 1)
  }
  return { error, retry }
}
