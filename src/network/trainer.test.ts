import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toOnnx } from '../graph/index.ts'
import { type Device, openDevice } from '../runtime/index.ts'
import { Random } from '../tensor/random.ts'
import { float32, type Tensor } from '../tensor/tensor.ts'
import { networkConfig } from './config.ts'
import { frameGradCam, frameInference } from './inference.ts'
import { smallNetwork } from './testing/small-network.ts'
import { type Batch, Trainer, type TrainerOptions } from './trainer.ts'
import { initialWeights, type Weights } from './weights.ts'

const config = networkConfig({
  ...smallNetwork,
  input: { snippets: 2, frames: 2, size: 32 },
  backbone: { kind: 'mobilenet-v2', blocks: 4 },
  loss: { frame: 1, mask: 0.5 },
})

const settings = { rate: 1e-2, decay: 0 }
const batch = 4

/** Real ones are dark, fake ones bright; the forged area is the left half. */
function brightness(frames: number, random: Random): Batch {
  const labels = Float32Array.from({ length: batch }, (_, i) => i % 2)
  const clip = random.normalTensor([batch, 3, frames, 32, 32], 0, 0.3)
  const each = clip.data.length / batch
  for (let i = 0; i < clip.data.length; i++) clip.data[i]! += labels[Math.floor(i / each)]! - 0.5
  const side = 4
  const area = Float32Array.from({ length: batch * frames * side * side }, (_, i) => {
    const label = labels[Math.floor(i / (frames * side * side))]!
    return i % side < side / 2 ? label : 0
  })
  return { clip, labels: float32([batch], labels), area: float32([batch, frames, side, side], area) }
}

async function train(options: Partial<TrainerOptions>, steps: number, keepAverage = 0) {
  await using device = await openDevice({ device: 'cpu', threads: 1 })
  const start = initialWeights(config, 1)
  await using trainer = await Trainer.open(device, config, start, { batch, seed: 1, ...options })
  const random = new Random(2)
  const frames = options.sees === 'frames' ? 1 : 4
  const accumulate = options.accumulate ?? 1
  const history: Weights[] = [start]
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    const batches = Array.from({ length: accumulate }, () => brightness(frames, random))
    const { loss } = await trainer.step(batches, { ...settings, keepAverage })
    losses.push(Number(loss!.data[0]))
    history.push(await trainer.weights())
  }
  return { history, losses, averages: await trainer.averages(), last: await trainer.weights() }
}

describe('learning from frames', () => {
  let device: Device
  beforeAll(async () => {
    device = await openDevice({ device: 'cpu', threads: 1 })
  })
  afterAll(() => device.dispose())

  test('changes backbone and auxiliary heads only, and is what frame inference then says', async () => {
    const { history, losses, last } = await train({ sees: 'frames', clipNorm: 1 }, 40)
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 4)
    for (const [name, tensor] of Object.entries(history[0]!)) {
      const learns = name.startsWith('enc.') || name.startsWith('aux.')
      if (!learns) expect(last[name]).toEqual(tensor)
    }
    expect(last['aux.frame.weight']).not.toEqual(history[0]!['aux.frame.weight'])
    const { probability, cam } = frameGradCam(config, { batch, weights: last, target: 'fake' })
    const plain = frameInference(config, { batch, weights: last }).probability
    await using program = await device.compile(toOnnx({ probability, cam }))
    await using withoutMap = await device.compile(toOnnx({ probability: plain }))
    const { clip, labels } = brightness(4, new Random(9))
    const { probability: said, cam: map } = (await program.run({ clip })) as Record<string, Tensor>
    expect(map!.shape).toEqual([batch, 4, 4, 4])
    expect((await withoutMap.run({ clip })).probability).toEqual(said)
    for (let i = 0; i < batch; i++) expect(Math.round(Number(said!.data[i]))).toBe(labels.data[i])
  })

  test('is refused where the config does not weigh the forged area', async () => {
    const without = networkConfig({ ...config, loss: { ...config.loss, mask: 0 } })
    const options = { batch, seed: 1, sees: 'frames' } as const
    const opened = Trainer.open(device, without, initialWeights(without, 1), options)
    await expect(opened).rejects.toThrow(/forged area/)
  })
})

test('learning from clips tells the frame loss as a part', async () => {
  const { losses } = await train({ clipNorm: 1 }, 12)
  expect(losses.at(-1)).toBeLessThan(losses[0]!)
})

describe.each([1, 2])('averages of the weights, with %d micro-batches a step,', (accumulate) => {
  test('keep what they are told to keep, statistics included', async () => {
    const keep = 0.75
    const { history, averages } = await train({ average: true, accumulate }, 5, keep)
    for (const name of Object.keys(averages)) {
      const size = averages[name]!.data.length
      const expected = Float64Array.from(history[0]![name]!.data as Float32Array)
      for (const weights of history.slice(1)) {
        for (let i = 0; i < size; i++) expected[i] = keep * expected[i]! + (1 - keep) * Number(weights[name]!.data[i])
      }
      for (let i = 0; i < size; i++) expect(Number(averages[name]!.data[i])).toBeCloseTo(expected[i]!, 5)
    }
    expect(averages['fc.weight']).not.toEqual(history.at(-1)!['fc.weight'])
  })

  test('are the weights when nothing is kept', async () => {
    const { averages, last } = await train({ average: true, accumulate }, 2)
    expect(averages).toEqual(last)
  })
})
