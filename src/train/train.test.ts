import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { takeLock } from '../files/lock.ts'
import { smallNetwork } from '../network/testing/small-network.ts'
import type { TrainEvent } from './events.ts'
import { checkRecipe, type RecipeInput } from './recipe.ts'
import { readCheckpoint } from './run/checkpoint.ts'
import { readMetrics } from './run/metrics-log.ts'
import { train } from './train.ts'

const portraits = sharedFile('data/train/stills/london')
const talking = sharedFile('data/train/videos/grid')
const skipped = portraits && talking ? '' : ' (skipped: needs ../shared/data)'

let folder: string
let recipe: RecipeInput

const tiny = {
  ...smallNetwork,
  input: { snippets: 2, frames: 2, size: 32 },
  backbone: { kind: 'mobilenet-v2', blocks: 4 },
  relation: { width: 4, masking: 'random' },
  loss: { frame: 1, mask: 0.5 },
}

beforeAll(async () => {
  if (skipped) return
  folder = await mkdtemp(join(tmpdir(), 'unmask-train-'))
  const stills = join(folder, 'stills')
  const held = join(folder, 'held')
  for (const path of [stills, join(held, 'real'), join(held, 'fake')]) await mkdir(path, { recursive: true })
  const names = (await readdir(portraits!)).filter((name) => /\.jpe?g$/i.test(name))
  const copy = (name: string, to: string) => copyFile(join(portraits!, name), join(to, name))
  for (const name of names.slice(0, 6)) await copy(name, stills)
  // which of them are called fake means nothing: there has to be something to measure
  for (const name of names.slice(6, 8)) await copy(name, join(held, 'real'))
  for (const name of names.slice(8, 10)) await copy(name, join(held, 'fake'))
  const [video] = (await readdir(talking!)).sort()
  recipe = {
    seed: 3,
    network: { config: tiny },
    data: {
      sources: [
        { path: stills, label: 'real', weight: 2 },
        { path: join(talking!, video!), label: 'real' },
      ],
      clips: 1,
      crop: 64,
    },
    validation: { sets: [{ name: 'held', path: held }] },
    stages: [
      { name: 'frames', sees: 'frames', steps: 6, batch: 4, rate: 1e-3, warmup: 2, validateEvery: 3 },
      { name: 'clips', steps: 5, batch: 2, accumulate: 2, rate: 1e-3, warmup: 2, validateEvery: 2 },
    ],
  }
}, 120_000)
afterAll(async () => {
  if (!skipped) await rm(folder, { recursive: true, maxRetries: 3 })
})

const options = () => ({ cache: join(folder, 'cache'), device: { device: 'cpu', threads: 1 }, workers: 1 }) as const

describe.skipIf(skipped !== '')(`training${skipped}`, () => {
  test('gives a model, curves, samples and a log, and says what validation measured', async () => {
    const out = join(folder, 'whole')
    const events: TrainEvent[] = []
    const { model, validation } = await train(checkRecipe(recipe), out, {
      ...options(),
      onEvent: (event) => events.push(event),
    })
    expect(validation.auc.held).toBeGreaterThanOrEqual(0)
    expect(model.metadata).toMatchObject({ name: 'mrl-lite', sees: 'clips' })
    expect(await readdir(out)).toEqual(
      expect.arrayContaining(['curves.html', 'metrics.jsonl', 'recipe.yaml', 'samples-1.png', 'samples-2.png']),
    )
    const lines = await readMetrics(join(out, 'metrics.jsonl'))
    const steps = lines.filter((line) => line.kind === 'train').map(({ stage, step }) => `${stage} ${step}`)
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((n) => `frames ${n}`).concat([1, 2, 3, 4, 5].map((n) => `clips ${n}`)))
    expect(events.filter(({ kind }) => kind === 'validation').length).toBe(5)
    expect(await readFile(join(out, 'curves.html'), 'utf8')).toContain('Stage 2: clips')
  }, 120_000)

  test.each([2, 6, 9])(
    'goes on after an abort in step %d as if there had been none',
    async (steps) => {
      const out = join(folder, `broken-${steps}`)
      const controller = new AbortController()
      let done = 0
      const broken = train(checkRecipe(recipe), out, {
        ...options(),
        signal: controller.signal,
        onEvent: ({ kind }) => {
          if (kind === 'step' && ++done === steps) controller.abort(new Error('enough'))
        },
      })
      await expect(broken).rejects.toThrow('enough')
      const { model } = await train(checkRecipe(recipe), out, { ...options(), resume: true })
      const whole = await readFile(join(folder, 'whole', 'model.safetensors'))
      expect(model.bytes).toBe(whole.length)
      expect(await readFile(join(out, 'model.safetensors'))).toEqual(whole)
      const lines = await readMetrics(join(out, 'metrics.jsonl'))
      const places = lines.map(({ kind, stageIndex, step }) => `${kind} ${stageIndex} ${step}`)
      expect(new Set(places).size).toBe(places.length)
    },
    120_000,
  )

  test('goes on after kill -9 and ends with the same weights', async () => {
    const out = join(folder, 'killed')
    const file = join(folder, 'recipe.json')
    await writeFile(file, JSON.stringify({ ...recipe, checkpointMinutes: 1e-6 }))
    const command = [new URL('../cli/main.ts', import.meta.url).pathname, 'train', file, '--out', out]
    const common = ['--cache', join(folder, 'cache'), '--workers', '1']
    const child = spawn(process.execPath, [...command, ...common], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    while (child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const lines = await readMetrics(join(out, 'metrics.jsonl'))
      if (lines.some(({ stageIndex, step }) => stageIndex === 1 && step >= 2)) break
    }
    child.kill('SIGKILL')
    await ended
    expect(child.signalCode).toBe('SIGKILL')
    const whole = join(folder, 'whole-default-threads')
    const again = { ...options(), device: { device: 'cpu' } } as const
    const same = checkRecipe({ ...recipe, checkpointMinutes: 1e-6 })
    const { model } = await train(same, out, { ...again, resume: true })
    const { model: unbroken } = await train(same, whole, again)
    expect(model.hash).toBe(unbroken.hash)
  }, 180_000)

  test('that diverges stops, says where, and keeps the last good checkpoint', async () => {
    const out = join(folder, 'diverged')
    const stages = [{ ...recipe.stages[0]!, rate: 1e30, clipNorm: null, warmup: 0, validateEvery: 1 }]
    const diverged = train(checkRecipe({ ...recipe, stages }), out, options())
    await expect(diverged).rejects.toMatchObject({
      code: 'train-diverged',
      message: expect.stringMatching(/stage "frames", step \d+: .* is (NaN|-?Infinity)/),
    })
    const { state } = (await readCheckpoint(join(out, 'checkpoint.safetensors')))!
    expect(state.steps).toBeGreaterThan(0)
    for (const { data } of Object.values(state.tensors))
      expect((data as Float32Array).every(Number.isFinite)).toBe(true)
  }, 60_000)

  test('into a folder that is not empty, or on with another recipe, is refused', async () => {
    const out = join(folder, 'whole')
    await expect(train(checkRecipe(recipe), out, options())).rejects.toMatchObject({ code: 'file-exists' })
    const before = await readFile(join(out, 'recipe.yaml'))
    const other = checkRecipe({ ...recipe, seed: 4 })
    const resumed = train(other, out, { ...options(), resume: true })
    await expect(resumed).rejects.toMatchObject({ code: 'checkpoint-invalid' })
    expect(await readFile(join(out, 'recipe.yaml'))).toEqual(before)
  }, 60_000)

  test('into a folder in which another run is going on is refused', async () => {
    const out = join(folder, 'taken')
    await mkdir(out)
    await using _other = await takeLock(join(out, 'run.lock'), 'a training run')
    const second = train(checkRecipe(recipe), out, { ...options(), resume: true })
    await expect(second).rejects.toMatchObject({ code: 'in-use' })
    expect(await readdir(out)).toEqual(['run.lock'])
  })

  test('into a folder that holds something else is refused, and nothing in it is touched', async () => {
    const out = join(folder, 'own')
    await mkdir(out)
    await writeFile(join(out, 'recipe.yaml'), '# mine')
    const resumed = train(checkRecipe(recipe), out, { ...options(), resume: true })
    await expect(resumed).rejects.toMatchObject({ code: 'file-exists' })
    expect(await readFile(join(out, 'recipe.yaml'), 'utf8')).toBe('# mine')
  }, 60_000)

  test('that has ended is not done again', async () => {
    const events: TrainEvent[] = []
    const onEvent = (event: TrainEvent) => events.push(event)
    const { validation } = await train(checkRecipe(recipe), join(folder, 'whole'), {
      ...options(),
      resume: true,
      onEvent,
    })
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['working']))
    expect(validation.watched).toBe(validation.auc.held)
  }, 60_000)

  test('goes on only with files that hold what they held', async () => {
    const [out, stills] = [join(folder, 'changed'), join(folder, 'changing')]
    await cp(join(folder, 'stills'), stills, { recursive: true })
    const data = { ...recipe.data, sources: [{ path: stills, label: 'real' as const }] }
    const changing = checkRecipe({ ...recipe, data, stages: [{ ...recipe.stages[0]!, steps: 1 }] })
    await train(changing, out, options())
    const [one, other] = await readdir(stills)
    await copyFile(join(stills, one!), join(stills, other!))
    const resumed = train(changing, out, { ...options(), resume: true })
    await expect(resumed).rejects.toMatchObject({ code: 'checkpoint-invalid' })
  }, 60_000)

  test('that cannot measure or cannot learn is refused before it begins', async () => {
    const [first, last] = recipe.stages
    const held = join(folder, 'held')
    const subsets = { ...recipe, validation: { sets: [{ name: 'held', path: held, subsets: ['hold'] }] } }
    const real = {
      ...recipe,
      validation: { sets: [{ name: 'held', path: join(held, 'real'), label: 'real' as const }] },
    }
    const frozen = ['stem', 'backbone', 'auxiliary', 'attention', 'relation', 'head'] as const
    const idle = { ...recipe, stages: [first!, { ...last!, frozen: [...frozen] }] }
    const given = { ...recipe, data: { ...recipe.data, given: 0.5 } }
    for (const [bad, code, message] of [
      [subsets, 'dataset-missing', /"hold"; there are held/],
      [real, 'dataset-missing', /"held" has no fake/],
      [idle, 'config-invalid', /stage "clips": every group is frozen/],
      [given, 'dataset-missing', /given is 0.5/],
    ] as const) {
      const out = join(folder, 'refused')
      const refused = train(checkRecipe(bad), out, options())
      await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
      expect(await readdir(out).catch(() => [])).toEqual([])
    }
  }, 60_000)

  test('on copies of what is validated with is refused too', async () => {
    const copies = join(folder, 'copies')
    await mkdir(copies)
    const [name] = await readdir(join(folder, 'held', 'real'))
    await copyFile(join(folder, 'held', 'real', name!), join(copies, 'other.jpg'))
    const data = { ...recipe.data, sources: [{ path: copies, label: 'real' as const }] }
    const leaking = train(checkRecipe({ ...recipe, data }), join(folder, 'leak'), options())
    await expect(leaking).rejects.toMatchObject({ code: 'dataset-leak', message: expect.stringContaining('content') })
  }, 60_000)

  test('on what is also validated with is refused by name', async () => {
    const sets = [{ name: 'held', path: join(folder, 'stills'), label: 'real' as const }]
    const leaking = train(checkRecipe({ ...recipe, validation: { sets } }), join(folder, 'leak'), options())
    await expect(leaking).rejects.toMatchObject({ code: 'dataset-leak' })
  }, 60_000)
})
