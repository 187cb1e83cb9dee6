import { afterAll, beforeAll, expect, test } from 'vitest'
import { toOnnx } from '../graph/index.ts'
import { type Device, openDevice } from '../runtime/index.ts'
import { Random } from '../tensor/random.ts'
import { float32, type Tensor } from '../tensor/tensor.ts'
import { networkConfig } from './config.ts'
import { frameInference, gradCam, inference } from './inference.ts'
import { clipShape } from './network.ts'
import { smallNetwork } from './testing/small-network.ts'
import { initialWeights } from './weights.ts'

const batch = 2

function configOf(statistics: 'clip' | 'snippet', frames = false) {
  return networkConfig({
    ...smallNetwork,
    input: { snippets: 3, frames: 2, size: 32 },
    head: { frames },
    loss: { mask: 1 },
    batchNorm: { statistics },
  })
}

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu', threads: 1 })
})
afterAll(() => device.dispose())

test.each(['clip', 'snippet'] as const)(
  'each frame of a clip is what it is on its own (statistics of a %s)',
  async (of) => {
    const config = configOf(of)
    const weights = initialWeights(config, 2)
    const clip = new Random(4).normalTensor(clipShape(config, batch))
    const whole = await device.compile(
      toOnnx({ frames: inference(config, { batch, weights, eachFrame: true }).frames! }),
    )
    const { frames } = await whole.run({ clip })
    expect(frames!.shape).toEqual([batch, 6, 2])
    const apart = await device.compile(toOnnx({ frames: frameInference(config, { batch, weights }).frames }))
    const alone = (await apart.run({ clip })).frames!
    for (const [i, value] of frames!.data.entries()) expect(value).toBeCloseTo(Number(alone.data[i]), 5)
    expect(new Set(frames!.data as Float32Array).size).toBe(frames!.data.length)
  },
)

test('a frame judged alone does not hear of its neighbours, also where the backbone convolves along time', async () => {
  const config = networkConfig({
    backbone: { kind: 'mc3', widths: [4, 4, 4, 4] },
    input: { snippets: 2, size: 32 },
    loss: { mask: 1 },
  })
  await using program = await device.compile(
    toOnnx({ frames: frameInference(config, { batch: 1, weights: initialWeights(config, 2) }).frames }),
  )
  const clip = new Random(4).normalTensor(clipShape(config, 1))
  const other = { ...clip, data: clip.data.map((value, i) => (Math.floor(i / 32 ** 2) % 40 === 1 ? -value : value)) }
  const before = (await program.run({ clip })).frames!.data
  const after = (await program.run({ clip: other })).frames!.data
  const changed = [...before].flatMap((value, i) => (Math.abs(Number(value) - Number(after[i])) > 1e-6 ? [i >> 1] : []))
  expect(new Set(changed)).toEqual(new Set([1]))
})

test.each(['clip', 'snippet'] as const)(
  'beside single frames, relations begin with adding nothing (statistics of a %s)',
  async (of) => {
    const config = configOf(of, true)
    const weights = initialWeights(config, 2)
    const clip = new Random(4).normalTensor(clipShape(config, batch))
    const logitsOf = async ({ logits }: Pick<ReturnType<typeof inference>, 'logits'>) => {
      await using program = await device.compile(toOnnx({ logits }))
      return [...((await program.run({ clip })).logits!.data as Float32Array)]
    }
    const ofFrames = await logitsOf(frameInference(config, { batch, weights }))
    const begun = await logitsOf(inference(config, { batch, weights }))
    for (const [i, value] of begun.entries()) expect(value).toBeCloseTo(ofFrames[i]!, 5)
    const learnt = { ...weights, 'fc.bias': float32([2], [-1, 3]) }
    const added = await logitsOf(inference(config, { batch, weights: learnt }))
    for (const [i, value] of added.entries()) expect(value).toBeCloseTo(ofFrames[i]! + (i % 2 === 0 ? -1 : 3), 4)
  },
)

test('a frame is judged by its forged area', async () => {
  const config = configOf('clip')
  const weights = initialWeights(config, 2)
  const clip = new Random(4).normalTensor(clipShape(config, 1))
  const marginWith = async (bias: number) => {
    const given = { ...weights, 'aux.mask.bias': float32([1], [bias]) }
    const { logits } = frameInference(config, { batch: 1, weights: given })
    await using program = await device.compile(toOnnx({ logits }))
    const [real, fake] = (await program.run({ clip })).logits!.data as Float32Array
    return fake! - real!
  }
  expect((await marginWith(1)) - (await marginWith(-2))).toBeCloseTo(3, 4)
})

test('frames are told of only when asked for, and where there is a forged area', () => {
  const config = configOf('clip')
  expect(inference(config, { batch })).not.toHaveProperty('frames')
  const without = networkConfig({ ...config, loss: { mask: 0 } })
  expect(inference(without, { batch, eachFrame: true })).not.toHaveProperty('frames')
})

test('what adds to both logits alike is not in the evidence of the margin', async () => {
  const config = configOf('clip')
  const weights = initialWeights(config, 2)
  const clip = new Random(4).normalTensor(clipShape(config, batch))
  const camOf = async (target: 'fake' | 'margin', given: Record<string, Tensor>) => {
    await using program = await device.compile(toOnnx({ cam: gradCam(config, { batch, weights: given, target }).cam }))
    return (await program.run({ clip })).cam!.data as Float32Array
  }
  const fc = weights['fc.weight']!
  const inputs = fc.shape[1]!
  const common = new Random(7).normalTensor([1, inputs]).data
  const shifted = float32(
    fc.shape,
    Float32Array.from(fc.data as Float32Array, (value, i) => value + common[i % inputs]!),
  )
  const other = { ...weights, 'fc.weight': shifted }
  const [before, after] = [await camOf('margin', weights), await camOf('margin', other)]
  const largest = Math.max(...before)
  expect(largest).toBeGreaterThan(0)
  for (const [i, value] of before.entries()) expect(after[i]! / largest).toBeCloseTo(value / largest, 3)
  const [logit, moved] = [await camOf('fake', weights), await camOf('fake', other)]
  expect(Math.max(...logit.map((value, i) => Math.abs(value - moved[i]!)))).toBeGreaterThan(0.1 * Math.max(...logit))
})
