import type { PostalCode } from '@kindred/model'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'
import { Word } from '../word.tsx'

/** Which place a postal code is taken for; that it is near nobody, the row says. */
export function PostalCodePlace({ country, code }: { country: string; code: string }) {
  const [asked] = useDebouncedValue(`${country}\n${code}`, 400)
  const [of = '', named = ''] = asked.split('\n')
  const { data } = useQuery({
    queryKey: ['postal-codes', 'find', of, named],
    queryFn: ({ signal }) => api.get<PostalCode>('postal-codes/find', { query: { country: of, code: named }, signal }),
    enabled: of.trim() !== '' && named.trim() !== '',
    retry: false,
  })
  if (data === undefined) return null
  return <Word>{`(${data.place === '' ? `${data.latitude}, ${data.longitude}` : data.place})`}</Word>
}
