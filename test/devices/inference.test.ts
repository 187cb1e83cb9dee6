/** What the network says of a clip, and where it looks, is the same on every device. */
import { describe, expect, test } from 'vitest'
import { inputsOf, type Provider, toOnnx } from '../../src/graph/index.ts'
import { gradCam } from '../../src/network/inference.ts'
import { besideCpu } from './beside-cpu.ts'
import { largestDifference, relativeDistance } from './closeness.ts'
import { narrowMc3, shortMobilenet, usedWeights, waves } from './networks.ts'
import { places } from './places.ts'

const batch = 2
const configs = { MC3: narrowMc3('winograd'), MobileNetV2: shortMobilenet() }
const cases = [
  { name: 'MC3', weights: 'constants' },
  { name: 'MC3', weights: 'state' },
  { name: 'MobileNetV2', weights: 'constants' },
  { name: 'MobileNetV2', weights: 'state' },
] as const

/** Where the software adapter takes ten seconds a case: one of each. */
const casesFor = (place: string) => (place === 'WebGPU in Chromium' ? [cases[0], cases[3]] : cases)

/** A detection with its Grad-CAM maps. */
function jobOf({ name, weights: kept }: (typeof cases)[number], provider: Provider) {
  const config = configs[name]
  const weights = usedWeights(config)
  const constant = kept === 'constants' && { weights }
  const outputs = { ...gradCam(config, { batch, target: 'fake', ...constant }) }
  const model = toOnnx(outputs, { provider })
  const feeds = [{ clip: waves(config, batch, 1).clip }]
  if (constant) return { model, feeds }
  const stateInputs = inputsOf(Object.values(outputs)).filter((input) => input !== 'clip')
  return { model, feeds, state: weights, options: { stateInputs } }
}

describe.each(places)('$title', ({ name: placeName, missing, provider, open }) => {
  describe.skipIf(missing !== undefined)('as on the CPU, within 1e-4', () => {
    const both = besideCpu({ open })

    test.each(casesFor(placeName))('$name, weights as $weights', async (what) => {
      const [here] = (await both.place.run(jobOf(what, provider))).outputs
      const [there] = (await both.cpu.run(jobOf(what, 'cpu'))).outputs
      expect(Object.keys(there!).sort()).toEqual(['attention', 'cam', 'logits', 'probability'])
      for (const [name, wanted] of Object.entries(there!)) {
        expect(largestDifference(here![name], wanted), name).toBeLessThan(1e-4)
        expect(relativeDistance(here![name], wanted), name).toBeLessThan(5e-4)
      }
    })
  })
})
