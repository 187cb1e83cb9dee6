import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unmask } from '../../../test/command-line.ts'
import { sharedFile } from '../../../test/shared.ts'
import { calibrationBasisOf } from '../../calibrate/basis.ts'
import { calibrationOf } from '../../detect/calibration.ts'
import { operatingPointsOf } from '../../detect/operating-points.ts'
import { networkConfig } from '../../network/config.ts'
import { readModel, writeModel } from '../../network/model-file-node.ts'
import { smallNetwork } from '../../network/testing/small-network.ts'
import { initialWeights, type Weights } from '../../network/weights.ts'
import { float32, type Tensor } from '../../tensor/tensor.ts'

const config = networkConfig({ ...smallNetwork, input: { snippets: 2, frames: 4, size: 32 } })

/** Fifteen frames, twenty-seven frames, a folder of seven pictures. */
const names = ['marlin/cropped04.mp4', 'marlin/cropped05.mp4', 'vidtimit/fadg0_sa1']
const videos = names.map((name) => sharedFile(`data/val/real/${name}`))
const reason = videos.includes(undefined) ? 'needs ../shared/data' : undefined

/** A model that says real wherever the other says fake. */
function contrary(weights: Weights): Weights {
  const swapped = ({ shape, data }: Tensor<'float32'>) => {
    const half = data.length / 2
    return float32(
      shape,
      data.map((_, i) => data[(i + half) % data.length]!),
    )
  }
  const [weight, bias] = [weights['fc.weight'], weights['fc.bias']] as [Tensor<'float32'>, Tensor<'float32'>]
  return { ...weights, 'fc.weight': swapped(weight), 'fc.bias': swapped(bias) }
}

describe.skipIf(reason)(`unmask model calibrate${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let folder: string
  const run = (...options: string[]) => unmask(folder, 'model', 'calibrate', ...options)
  // of three people the one held out may well contradict the others: with the fakes of this seed none does
  const common = ['--seed', '2', '--data', 'data', '--cache', 'cache', '--quality', 'plain', 'half']

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unmask-calibrate-'))
    for (const video of videos)
      await cp(video!, join(folder, 'data/real/people', basename(video!)), { recursive: true })
    const weights = initialWeights(config, 1)
    await writeModel(join(folder, 'one.model'), { config, weights, metadata: { name: 'one' } })
    await writeModel(join(folder, 'other.model'), { config, weights: contrary(weights), metadata: { name: 'other' } })
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('calibrates whichever of two opposite models gives fakes more, the same each time, and refuses the other', async () => {
    const outcomes = []
    for (const name of ['one', 'other']) {
      const files = ['--out', `${name}-calibrated.model`, '--json', `${name}.json`]
      outcomes.push({ name, ...(await run(`${name}.model`, ...files, ...common)) })
    }
    const [good, bad] = outcomes.toSorted((a, b) => a.status! - b.status!)
    expect(good).toMatchObject({ status: 0 })
    expect(bad).toMatchObject({ status: 65, stderr: expect.stringContaining('gives fakes no larger margins') })
    await expect(readFile(join(folder, `${bad!.name}-calibrated.model`))).rejects.toThrow('ENOENT')

    const { metadata, weights } = await readModel(join(folder, `${good!.name}-calibrated.model`))
    expect(weights).toEqual((await readModel(join(folder, `${good!.name}.model`))).weights)
    const json = JSON.parse(await readFile(join(folder, `${good!.name}.json`), 'utf8'))
    expect(json).toMatchObject({
      format: 'unmask-calibration',
      protocol: { model: { name: good!.name }, data: ['data'], qualities: ['plain', 'half'] },
      calibration: calibrationOf(metadata),
      operatingPoints: operatingPointsOf(metadata),
      people: 3,
      failures: [],
    })
    expect(json.calibration.scale).toBeGreaterThan(0)
    expect(calibrationBasisOf(metadata)).toMatchObject({ people: 3, heldOut: json.heldOut.all })
    const { real, fake } = json.fitted.all
    expect([real, fake].map(({ fake, uncertain, real }) => fake + uncertain + real)).toEqual([6, 6])
    expect(good!.stdout).toContain('3 real and 3 forged videos of 3 people')

    // what is there already does not count as another model: calibrated anew it is the same
    const again = await run(`${good!.name}-calibrated.model`, '--out', 'again.model', ...common)
    expect(again).toMatchObject({ status: 0 })
    expect((await readModel(join(folder, 'again.model'))).metadata).toEqual(metadata)
  })

  test('refuses what cannot be, before any work', async () => {
    const cases = [
      [['one.model', '--out', 'one.model', ...common], 73, 'one.model exists already'],
      [['one.model', '--out', 'new.model', ...common, '--subset', 'nobody'], 64, 'no subset is called nobody'],
      [['one.model', '--out', 'new.model', ...common, '--false-alarms', '0.7'], 64, 'number from 0 to 0.5'],
      [['one.model', '--out', 'new.model', '--data', 'data', '--quality', 'best'], 64, 'Allowed choices are plain'],
      [
        ['one.model', '--out', 'new.model', '--json', './new.model', ...common],
        64,
        'are the same file: one would be lost',
      ],
      [['one.model', '--out', 'new.model', '--json', 'one.model', '--force', ...common], 64, 'are the same file'],
      [['one.model', '--out', 'one.model/new.model', ...common], 66, 'one.model is not a folder'],
      [['one.model', '--out', 'new.model', ...common, '--threads', '0'], 64, 'whole number of at least 1'],
    ] as const
    for (const [options, status, message] of cases) {
      expect(await run(...options)).toMatchObject({ status, stderr: expect.stringContaining(message) })
    }
  })
})
