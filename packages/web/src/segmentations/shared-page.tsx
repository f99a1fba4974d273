import type { SharedReport } from '@kindred/model'
import { Button, Container, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { notifyDone, notifyError } from '../app/notify.ts'
import { Comments } from './comments.tsx'
import { Report } from './report.tsx'

/** What a link opens, without signing in: the report, and for a stakeholder the means to comment and to sign. */
export function SharedPage() {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '')
  const client = useQueryClient()
  const key = ['shared', token]
  const query = useQuery({ queryKey: key, queryFn: () => api.post<SharedReport>('shared/report', { token }), retry: false, enabled: token !== '' })
  const sending = useMutation({
    mutationFn: ({ rest, body }: { rest: string; body: object }) => api.post<SharedReport>(`shared/${rest}`, { token, ...body }),
    onSuccess: (shared) => client.setQueryData(key, shared),
    onError: notifyError,
  })
  useDocumentTitle(query.data === undefined ? 'Kindred' : `${query.data.segmentation.segmentation.name} · Kindred`)
  if (token === '') {
    return (
      <Container component="main" py="xl">
        <EmptyState order={1} title="This link is not complete">
          Its last part, after #, opens the report. Copy the whole link from the message, or ask whoever sent it for another.
        </EmptyState>
      </Container>
    )
  }
  return (
    <Container component="main" py="xl">
      <Loaded query={query} skeleton={<Lines count={10} />}>
        {({ project, currency, segmentation, report, stakeholder }) => {
          const named = segmentation.segmentation.stakeholders.find(({ id }) => id === stakeholder)
          return (
            <Stack gap="lg">
              <Group justify="space-between">
                <div>
                  <Title order={1}>{segmentation.segmentation.name}</Title>
                  <Text c="dimmed">{project}</Text>
                </div>
                <Button variant="default" className="no-print" onClick={() => window.print()}>
                  Print or save as PDF
                </Button>
              </Group>
              <Report segmentation={segmentation} report={report} currency={currency} />
              {named !== undefined && (
                <Group className="no-print">
                  <Button
                    loading={sending.isPending}
                    onClick={() => sending.mutateAsync({ rest: 'sign-off', body: {} }).then(() => notifyDone('Signed. Thank you.'))}
                  >
                    Sign off as {named.name}
                  </Button>
                </Group>
              )}
              <Comments
                comments={segmentation.comments}
                {...(named !== undefined && { onSend: (text: string) => sending.mutateAsync({ rest: 'comments', body: { text } }) })}
              />
            </Stack>
          )
        }}
      </Loaded>
    </Container>
  )
}
