import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { sessionOptions } from './session-options.ts'

const engine = { ort, engine: 'any', threads: 2, providers: ['cpu'], state: 'host' } as const

test('threads sleep while they wait where others need the processor', () => {
  const still = { session: { intra_op: { allow_spinning: '0' } } }
  expect(sessionOptions(engine, { sharesProcessor: true }).extra).toEqual(still)
  expect(sessionOptions(engine, { training: true }).extra).toEqual(still)
  expect(sessionOptions(engine, {}).extra).toBeUndefined()
})
