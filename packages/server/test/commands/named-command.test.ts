import { expect, test } from 'vitest'
import { namedCommand } from '../../bin/named-command.mjs'

test('a command comes first, and without one the server starts', () => {
  const named = ['', 'start --demo', 'login', 'import orders.csv --map orders.yaml', '--port 9000', '--data elsewhere --demo', '--help']
  expect(named.map((line) => namedCommand(line.split(' ').filter(Boolean)))).toEqual(['start', 'start', 'login', 'import', 'start', 'start', 'start'])
})
