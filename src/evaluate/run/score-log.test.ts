import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clipFolder } from '../../../test/clips.ts'
import { ScoreLog } from './score-log.ts'

const verdict = (probability: number) => ({
  probability,
  faces: [{ track: 1, width: 80.125, clips: [{ fromSeconds: 0, toSeconds: 1 / 3, probability }], probability }],
})
const noFace = { reason: 'no-face', message: 'no face was found' }

test('gives back what was added, to the bit', async () => {
  const path = join(clipFolder(), 'log.jsonl')
  {
    await using log = await ScoreLog.open(path)
    await Promise.all([log.add('a', verdict(0.1 + 0.2)), log.add('b', noFace), log.add('c', verdict(1e-9))])
    expect(log.get('a')).toEqual(verdict(0.1 + 0.2))
  }
  await using log = await ScoreLog.open(path)
  expect(['a', 'b', 'c', 'd'].map((key) => log.get(key))).toEqual([
    verdict(0.1 + 0.2),
    noFace,
    verdict(1e-9),
    undefined,
  ])
})

test('drops a line that was not written to its end, and goes on after the last whole one', async () => {
  const path = join(clipFolder(), 'torn.jsonl')
  {
    await using log = await ScoreLog.open(path)
    await log.add('a', verdict(0.25))
  }
  await appendFile(path, '{"key":"b","verdict":{"probab')
  {
    await using log = await ScoreLog.open(path)
    expect(log.get('b')).toBeUndefined()
    await log.add('c', noFace)
  }
  await using log = await ScoreLog.open(path)
  expect([log.get('a'), log.get('c')]).toEqual([verdict(0.25), noFace])
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(2)
})

test('passes over lines that are none of its own', async () => {
  const path = join(clipFolder(), 'spoilt.jsonl')
  const whole = JSON.stringify({ key: 'a', verdict: noFace })
  await writeFile(path, `nonsense\n{"key":"b","verdict":{"probability":2,"faces":[]}}\n${whole}\n`)
  await using log = await ScoreLog.open(path)
  expect([log.get('a'), log.get('b')]).toEqual([noFace, undefined])
})

test('tells where it cannot be', async () => {
  await expect(ScoreLog.open(join(clipFolder(), 'missing', 'log.jsonl'))).rejects.toMatchObject({ code: 'file-access' })
})
