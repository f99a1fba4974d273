type Raw = Record<string, unknown>

/**
 * A reader of an address that takes away what it leaves out. The router lays what is read over all that stands in the address, so that a parameter
 * nobody can read would otherwise still reach the page. The project is not the page's to judge.
 */
export function onlyReadable<Search extends object>(read: (raw: Raw) => Search): (raw: Raw) => Search {
  return (raw) => {
    const others = Object.keys(raw).filter((name) => name !== 'project')
    return { ...Object.fromEntries(others.map((name) => [name, undefined])), ...read(raw) }
  }
}
