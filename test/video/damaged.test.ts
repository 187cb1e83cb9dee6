import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Random } from '../../src/tensor/random.ts'
import { clipFolder, ffmpegMissing } from '../clips.ts'
import { absurdNumbers, hugePictures } from './claims.ts'
import { damages } from './damages.ts'
import { judge, type Verdict } from './judge.ts'
import { children, descriptors, notSeen } from './leftovers.ts'
import { type Seed, seed, seedNames } from './seeds.ts'

/** Of each seed and kind of damage. */
const copies = 2

/** Of each seed, in a process of their own too. */
const isolatedCopies = 3

/** Files judged in this process, and its resident bytes once it has warmed up. */
let judged = 0
let warm = 0

/** Those that lost many frames, and nothing says so, of formats that tell how many there should be. */
const silent: string[] = []
const many = 6
const telling = /\.(mp4|mov|mkv|webm|avi|flv|wmv|mxf|ivf)$/

/** @throws with the damage in the message, from which it can be made again */
async function judgeDamaged(label: string, bytes: Uint8Array<ArrayBuffer>, isolated = false): Promise<Verdict> {
  try {
    return await judge(bytes, { isolated, ...(isolated ? { limits: { memory: 1024 } } : {}) })
  } catch (cause) {
    throw new Error(`${label}: ${(cause as Error).message}`, { cause })
  } finally {
    if (!isolated && ++judged === 200) warm = process.memoryUsage.rss()
  }
}

describe.skipIf(ffmpegMissing)(`damaged files (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  const seeds: Seed[] = []
  let temporary: string
  let before: number

  /** A damaged copy of a seed; everything in it follows from its label. */
  function damaged({ name, bytes }: Seed, kind: string, copy: number): [label: string, Uint8Array<ArrayBuffer>] {
    const label = `${name}, ${kind}, copy ${copy}`
    const random = new Random(label)
    const other = seeds[random.integer(seeds.length)]!.bytes
    return [label, damages[kind]!(bytes.slice(), random, other)]
  }

  beforeAll(async () => {
    for (const name of seedNames) seeds.push(await seed(name))
    temporary = await mkdtemp(join(clipFolder(), 'temporary-'))
    vi.stubEnv('TMPDIR', temporary)
    await judge(seeds[0]!.bytes, { isolated: false })
    if (!notSeen) before = await descriptors()
  })
  afterAll(() => {
    vi.unstubAllEnvs()
  })

  test('are enough', () => {
    expect(seedNames.length * Object.keys(damages).length * copies).toBeGreaterThan(2000)
  })

  test.each(seedNames)('%s: an error with a code, or frames in order', async (name) => {
    const whole = seeds.find((one) => one.name === name)!
    const sound = await judge(whole.bytes, { isolated: false })
    expect(sound.code).toBeUndefined()
    const verdicts: Verdict[] = []
    for (const kind of Object.keys(damages)) {
      for (let copy = 0; copy < copies; copy++) {
        const [label, bytes] = damaged(whole, kind, copy)
        const verdict = await judgeDamaged(label, bytes)
        const { code, frames, warnings } = verdict
        if (telling.test(name) && !code && warnings.length === 0 && frames <= sound.frames - many) silent.push(label)
        verdicts.push(verdict)
      }
    }
    // It was damaged, and not all of it beyond reading.
    const told = verdicts.filter(({ code, warnings }) => code !== undefined || warnings.length > 0)
    expect(told.length).toBeGreaterThan(0)
    expect(verdicts.some(({ frames }) => frames > 0)).toBe(true)
    expect(await judge(whole.bytes, { isolated: false })).toEqual(sound)
  })

  test('what is missing is told, where the file tells how much there should be', () => {
    // A few: what tells it may be what is damaged.
    expect(silent.length, silent.join('\n')).toBeLessThan(10)
  })

  test('the same in a process of their own', async () => {
    const random = new Random('isolated')
    const kinds = Object.keys(damages)
    const queue = seeds.flatMap((one) => {
      const at = random.integer(kinds.length)
      return Array.from({ length: isolatedCopies }, (_, n) =>
        damaged(one, kinds[(at + n * 7) % kinds.length]!, copies + n),
      )
    })
    const work = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const [label, bytes] = next
        const there = await judgeDamaged(label, bytes, true)
        const here = await judgeDamaged(label, bytes)
        expect({ label, code: there.code, frames: there.frames }).toEqual({
          label,
          code: here.code,
          frames: here.frames,
        })
      }
    }
    await Promise.all([work(), work()])
  }, 300_000)

  test('pictures of 100,000 x 100,000 take no memory', async () => {
    const start = process.memoryUsage.rss()
    const verdicts = new Map<string, Verdict>()
    for (const { name, bytes } of await hugePictures()) verdicts.set(name, await judgeDamaged(name, bytes))
    expect(process.memoryUsage.rss() - start).toBeLessThan(100e6)
    for (const [name, { code, frames, warnings }] of verdicts) {
      // What only one frame claims, or what its decoder knows better, hides no others.
      if (/^(h264|webm)/.test(name)) expect({ name, warnings }).toEqual({ name, warnings: ['data-damaged'] })
      else if (/^flv/.test(name)) expect({ name, frames }).toEqual({ name, frames: 12 })
      else expect({ name, code }).toMatchObject({ name, code: expect.stringMatching(/^video-(limit|damaged|format)$/) })
    }
  })

  test('absurd numbers in headers', async () => {
    for (const { name, bytes } of await absurdNumbers()) await judgeDamaged(name, bytes)
  })

  test.skipIf(notSeen)(`nothing is left of all these${notSeen ? ` (skipped: ${notSeen})` : ''}`, async () => {
    expect(judged).toBeGreaterThan(2000)
    await vi.waitFor(async () => expect(await descriptors()).toBeLessThanOrEqual(before))
    await vi.waitFor(async () => expect(await children()).toEqual([]))
    expect(await readdir(temporary)).toEqual([])
    expect(process.memoryUsage.rss() - warm).toBeLessThan(150e6)
  })
})
