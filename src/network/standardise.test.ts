import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toOnnx } from '../graph/index.ts'
import { type Device, openDevice } from '../runtime/index.ts'
import { Random } from '../tensor/random.ts'
import { float32, type Tensor } from '../tensor/tensor.ts'
import { networkConfig } from './config.ts'
import { frameInference } from './inference.ts'
import { smallNetwork } from './testing/small-network.ts'
import { initialWeights } from './weights.ts'

const clipOf = (seed: number) => new Random(seed).normalTensor([1, 3, 2, 32, 32], 0, 0.4)

/** Each channel times a factor, plus a shift. */
function changed(clip: Tensor, factors: readonly number[], shifts: readonly number[]): Tensor {
  const each = clip.data.length / 3
  const values = Float32Array.from(clip.data as Float32Array, (value, i) => {
    const channel = Math.floor(i / each)
    return value * factors[channel]! + shifts[channel]!
  })
  return float32([...clip.shape], values)
}

const brighter = (clip: Tensor) => changed(clip, [0.7, 0.7, 0.7], [0.2, 0.2, 0.2])
const tinted = (clip: Tensor) => changed(clip, [1.2, 1, 0.8], [0.3, 0, -0.2])

describe.each(['none', 'frame', 'channel'] as const)('standardised: %s', (standardise) => {
  let device: Device
  let logitsOf: (clip: Tensor) => Promise<number[]>
  beforeAll(async () => {
    device = await openDevice({ device: 'cpu', threads: 1 })
    const config = networkConfig({
      ...smallNetwork,
      input: { snippets: 1, frames: 2, size: 32, standardise },
      backbone: { kind: 'mobilenet-v2', blocks: 4 },
      loss: { mask: 1 },
    })
    const { frames } = frameInference(config, { batch: 1, weights: initialWeights(config, 1) })
    const program = await device.compile(toOnnx({ frames }))
    logitsOf = async (clip) => [...((await program.run({ clip })).frames!.data as Float32Array)]
  })
  afterAll(() => device.dispose())

  test('what light and colour change', async () => {
    const clip = clipOf(1)
    const plain = await logitsOf(clip)
    const differs = async (other: Tensor) => {
      const logits = await logitsOf(other)
      return Math.max(...logits.map((value, i) => Math.abs(value - plain[i]!)))
    }
    const another = await differs(clipOf(2))
    // not to the bit: a small variance is added to that of the frame
    const share = {
      brighter: (await differs(brighter(clip))) / another,
      tinted: (await differs(tinted(clip))) / another,
    }
    if (standardise === 'none') expect(share.brighter).toBeGreaterThan(0.2)
    else expect(share.brighter).toBeLessThan(0.1)
    if (standardise === 'channel') expect(share.tinted).toBeLessThan(0.1)
    else expect(share.tinted).toBeGreaterThan(0.2)
  })

  test('a black frame is no fault', async () => {
    const black = float32([1, 3, 2, 32, 32], new Float32Array(6 * 32 * 32).fill(-1))
    for (const value of await logitsOf(black)) expect(Number.isFinite(value)).toBe(true)
  })
})
