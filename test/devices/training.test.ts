/**
 * Three steps of training give the same losses, gradients and weights as on the CPU, the state staying on the device
 * between them.
 */
import { describe, expect, test } from 'vitest'
import { differencesOf, onSomeData } from './agreement.ts'
import { besideCpu } from './beside-cpu.ts'
import { narrowMc3, shortMobilenet } from './networks.ts'
import { places } from './places.ts'
import { type Training, train } from './training.ts'

const cases: readonly Training[] = [
  {
    name: 'MC3, Winograd, random masking, mask loss',
    config: narrowMc3('winograd', { relation: { width: 8, masking: 'random' }, loss: { mask: 0.5 } }),
  },
  { name: 'MC3, direct, two micro-batches a step', config: narrowMc3('direct'), accumulate: 2 },
  { name: 'MC3, direct', config: narrowMc3('direct') },
  {
    name: 'MobileNetV2, statistics of each snippet, losses on maps',
    config: shortMobilenet({ loss: { form: 'maps' }, batchNorm: { statistics: 'snippet' } }),
  },
]

/**
 * Where the software adapter takes half a minute a case: the first one. Micro-batches on WebGPU in Node are the
 * trainer's, in trainer.test.ts.
 */
function casesFor(place: string): readonly Training[] {
  if (place === 'WebGPU in Chromium') return cases.slice(0, 1)
  return place === 'WebGPU in Node' ? cases.filter(({ accumulate }) => accumulate === undefined) : cases
}

describe.each(places)('$title', ({ name: placeName, missing, provider, open }) => {
  describe.skipIf(missing !== undefined)('as on the CPU', () => {
    const both = besideCpu({ open })

    test.each(casesFor(placeName))(
      '$name',
      async (training) => {
        const differences = async (seed: number) => {
          const here = await train(both.place, training, provider, seed)
          const there = await train(both.cpu, training, 'cpu', seed)
          return differencesOf(here, there)
        }
        expect(await onSomeData(differences)).toEqual([])
      },
      300_000,
    )
  })
})
