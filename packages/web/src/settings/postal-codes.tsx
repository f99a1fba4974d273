import { englishCountryName, type PostalCodes as Installed, type PostalCodesInstalled, type PostalCodesOfCountry } from '@kindred/model'
import { Alert, Anchor, Button, FileButton, List, Progress, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { uploadFile } from '../api/upload.ts'
import { messageOf } from '../app/error-message.ts'
import { formatDate, formatNumber, plural } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { Section } from './section.tsx'

const path = 'postal-codes'
const queryKey = [path]

/** The table of postal codes: what is in it, and how it gets there. All projects read the same one. */
export function PostalCodes() {
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<Installed>(path, { signal }) })
  return (
    <Section
      title="Postal codes"
      says="With their coordinates people can be found within a distance by the address they gave. They are the same for all projects, and count for people who are here already."
    >
      <Stack gap="md">
        <Loaded query={query}>{({ countries }) => <Countries countries={countries} />}</Loaded>
        <Install />
      </Stack>
    </Section>
  )
}

function Countries({ countries }: { countries: readonly PostalCodesOfCountry[] }) {
  const cache = useQueryClient()
  const removing = useMutation({
    mutationFn: (country: string) => api.delete<Installed>(`${path}/${country}`),
    onSuccess: (left) => cache.setQueryData(queryKey, left),
  })
  if (countries.length === 0) return <Text c="dimmed">None installed yet.</Text>
  return (
    <>
      <ScrollArea type="auto" mah={360} viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Postal codes by country' }}>
        <Table miw={520}>
          <caption className="kindred-hidden">Postal codes by country</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Country</Table.Th>
              <Table.Th scope="col" ta="right">
                Postal codes
              </Table.Th>
              <Table.Th scope="col">File</Table.Th>
              <Table.Th scope="col">Installed</Table.Th>
              <Table.Th>
                <span className="kindred-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {countries.map(({ country, codes, file, installedAt }) => (
              <Table.Tr key={country}>
                <Table.Td>{englishCountryName(country) ?? country}</Table.Td>
                <Table.Td ta="right">{formatNumber(codes)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{file}</Table.Td>
                <Table.Td>{formatDate(installedAt)}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    variant="subtle"
                    color="red"
                    size="xs"
                    loading={removing.isPending && removing.variables === country}
                    onClick={() => removing.mutate(country)}
                    aria-label={`Remove the postal codes of ${englishCountryName(country) ?? country}`}
                  >
                    Remove
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {removing.error && (
        <Alert color="red" role="alert">
          {messageOf(removing.error)}
        </Alert>
      )}
    </>
  )
}

function Install() {
  const cache = useQueryClient()
  const [share, setShare] = useState(0)
  const installing = useMutation({
    mutationFn: (file: File) =>
      uploadFile<PostalCodesInstalled>(path, file, { query: { name: file.name }, signal: new AbortController().signal, onProgress: setShare }),
    onSuccess: async () => {
      // A first reading that is still under way would be taken for the one asked for now.
      await cache.cancelQueries({ queryKey })
      await cache.invalidateQueries({ queryKey })
    },
  })
  return (
    <Stack gap="xs" align="flex-start">
      <FileButton onChange={(file) => file && installing.mutate(file)} inputProps={{ 'aria-label': 'File of postal codes' }}>
        {(props) => (
          <Button {...props} variant="default" loading={installing.isPending}>
            Install a file
          </Button>
        )}
      </FileButton>
      <Text c="dimmed" fz="sm">
        A country’s file of{' '}
        <Anchor href="https://download.geonames.org/export/zip/" target="_blank" rel="noreferrer" underline="always" inherit>
          GeoNames
        </Anchor>{' '}
        (unpacked; CC BY 4.0), or CSV with the columns country, postal_code, latitude and longitude. Its countries take the place of those installed before.
      </Text>
      {installing.isPending && <Progress value={share * 100} w="100%" aria-label="Sent so far" />}
      {installing.error && (
        <Alert color="red" role="alert">
          {messageOf(installing.error)}
        </Alert>
      )}
      {installing.data && <Report installed={installing.data} />}
    </Stack>
  )
}

function Report({ installed: { lines, rejected, rejects, countries } }: { installed: PostalCodesInstalled }) {
  const codes = countries.reduce((sum, each) => sum + each.codes, 0)
  return (
    <Alert color={rejected > 0 ? 'orange' : 'green'} role="status" title={`${formatNumber(codes)} postal codes installed`}>
      {formatNumber(lines)} {plural(lines, 'line', 'lines')} read
      {rejected > 0 && `, ${formatNumber(rejected)} of them left out:`}
      {rejects.length > 0 && (
        <List size="sm">
          {rejects.map(({ line, reason }) => (
            <List.Item key={line}>
              line {formatNumber(line)}: {reason}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
