import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { KindredError } from '@kindred/model'
import { expect, test } from 'vitest'
import { failureText } from '../../src/commands/failure-text.ts'
import { readConfig } from '../../src/config.ts'

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing failed',
    (error: unknown) => failureText(error),
  )

test('errors of the system are said in words', async () => {
  expect(await failureOf(readFile('/nowhere/orders.csv'))).toBe('There is no file /nowhere/orders.csv.')
  expect(await failureOf(readFile('/'))).toMatch(/is a folder; give a file\.$/)
})

test('a port that is taken is said with what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const second = createServer().listen(port, '127.0.0.1')
  const error = await new Promise((resolve) => second.once('error', resolve))
  taken.close()
  expect(failureText(error)).toBe(`Port ${port} of 127.0.0.1 is taken by another program. Choose another with --port.`)
})

test('our own errors are their sentence, others their message, and whole where a programmer looks', () => {
  expect(failureText(new KindredError('import/unreadable', { reason: 'it is empty' }), true)).toBe('The file cannot be read: it is empty.')
  const error = new Error('odd')
  expect(failureText(error)).toBe('odd')
  expect(failureText(error, true)).toBe(error)
})

test('a setting that is no number is named', () => {
  expect(() => readConfig({ KINDRED_PORT: 'abc' })).toThrow('The settings cannot be used: KINDRED_PORT needs a whole number from 0 to 65535')
  expect(() => readConfig({ KINDRED_PORT: '80.5' })).toThrow('KINDRED_PORT needs a whole number from 0 to 65535')
  expect(() => readConfig({ KINDRED_STORE_MEMORY_MB: '500' })).toThrow('KINDRED_STORE_MEMORY_MB needs a whole number of at least 512')
})
