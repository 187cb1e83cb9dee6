import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unmask } from '../../test/command-line.ts'
import { evaluationText } from '../evaluate/evaluation-json.ts'
import { summarise } from '../evaluate/summary.ts'
import { Random } from '../tensor/random.ts'

let folder: string
const compare = (...options: string[]) => unmask(folder, 'compare', '--replicates', '200', ...options)

/** Writes an evaluation of 20 reals and 2 x 20 fakes; fakes score higher by `gap`. */
async function write(name: string, gap: number, model: string, count = 60): Promise<void> {
  const random = new Random(7)
  const videos = Array.from({ length: count }, (_, i) => {
    const fake = i % 3 > 0
    const probability = Math.min(Math.max((fake ? gap : 0) + random.uniform(0, 0.6), 0), 1)
    return { path: `${i}.mp4`, label: fake ? 'fake' : 'real', subset: `s${i % 3}`, faces: [], probability } as const
  })
  await writeFile(join(folder, name), evaluationText(summarise(videos, [], { threshold: 0.5, protocol: { model } })))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-compare-'))
  await write('weak.json', 0.1, 'weak')
  await write('strong.json', 0.4, 'strong', 54)
  await write('same.json', 0.1, 'weak')
  await writeFile(join(folder, 'other.json'), '{"name": "other"}')
})

afterAll(() => rm(folder, { recursive: true }))

test('in words', async () => {
  const { status, stdout, stderr } = await compare('weak.json', 'strong.json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const lines = stdout.replace(/ {2,}/g, '  ').split('\n')
  expect(lines.slice(0, 4)).toEqual([
    'first  weak.json',
    'second  strong.json',
    'videos  18 real and 36 fake have a score in both',
    'only first: 6  54.mp4',
  ])
  expect(lines).toContain('differ in  model')
  expect(stdout).toMatch(/\n *and 1 more\n/)
  expect(stdout).toMatch(/^all +18 +36 +0\.\d{3} +0\.\d{3} +\+0\.\d{3} +0\.\d{3} to 0\.\d{3} +second +(0\.0|<0\.0)/m)
  expect(stdout).toMatch(/^s1 +all reals +18 +18 /m)
  expect(stdout).toMatch(/^s0 +one class only +18 +0 +– +– +– +– +– +–$/m)
  expect(stdout).toMatch(/^Fakes found +higher is better .* pp .* second$/m)
  expect(stdout).toMatch(/^The second is better: the difference in AUC is \+0\.\d{3}, 95 % interval /m)
})

test('no difference is told in words; several files one after the other', async () => {
  const { stdout } = await compare('weak.json', 'same.json', 'strong.json')
  expect(stdout).toContain(
    'Which is better is not decided: the difference in AUC is +0.000, 95 % interval 0.000 to 0.000, which contains 0.',
  )
  expect(stdout).toContain('Not decided by their videos: s1, s2.')
  expect(stdout.search(/second +same\.json/)).toBeLessThan(stdout.search(/second +strong\.json/))
})

test('as JSON, the same for the same seed', async () => {
  const { stdout } = await compare('--json', 'weak.json', 'strong.json')
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'unmask-comparison',
    version: 1,
    bootstrap: { seed: 0, replicates: 200 },
    first: 'weak.json',
    comparisons: [
      {
        second: 'strong.json',
        protocol: ['model'],
        onlySecond: [],
        all: { count: { real: 18, fake: 36 }, metrics: { auc: { difference: { low: expect.any(Number) } } } },
        subsets: { s1: { against: 'all-reals', deLong: { p: expect.any(Number) } } },
      },
    ],
  })
  expect((await compare('--json', 'weak.json', 'strong.json')).stdout).toBe(stdout)
  expect((await compare('--json', '--seed', '1', 'weak.json', 'strong.json')).stdout).not.toBe(stdout)
})

describe('what cannot be compared', () => {
  test.each([
    ['one file', ['weak.json'], 64, /missing required argument 'others'/],
    ['no such file', ['weak.json', 'none.json'], 66, /none\.json: no such file/],
    ['another JSON', ['weak.json', 'other.json'], 65, /other\.json is not the JSON of an evaluation\nhint: .*evaluate/],
  ])('%s', async (_, options, status, message) => {
    expect(await compare(...options)).toEqual({ status, stdout: '', stderr: expect.stringMatching(message) })
  })
})
