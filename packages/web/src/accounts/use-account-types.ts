import type { AccountType, Page } from '@kindred/model'
import { useProjectQuery } from '../api/project.ts'

const lookAgain = 30_000

/** The types of accounts of the project, the most accounts first; read again now and then, so that a first account shows. */
export function useAccountTypes(): readonly AccountType[] | undefined {
  const { data } = useProjectQuery<Page<AccountType>>('accounts/types', {}, { refetchInterval: lookAgain, staleTime: lookAgain })
  return data?.results
}

/** What each type is called, by its name. */
export function useAccountTypeLabels(): ReadonlyMap<string, string> {
  return new Map((useAccountTypes() ?? []).map(({ name, label }) => [name, label]))
}
