import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sharedFile } from '../../test/shared.ts'
import { openFaceDetector } from '../face/detector.ts'
import { openLandmarker } from '../face/landmarks/landmarker.ts'
import { portraitOf } from '../face/landmarks/testing/portrait.ts'
import { Random } from '../tensor/random.ts'
import { nearestDonor } from './donor.ts'
import { openForger } from './forger.ts'
import { type Probed, probe } from './testing/linear-probe.ts'
import { statisticsOf } from './testing/statistics.ts'

const stills = sharedFile('data/train/stills/lfw')
const skipped = stills ? '' : ' (skipped: needs ../shared/data)'

/** A fifth more than a network is shown. */
const margin = 1.25
const [people, each] = [75, 4]

test.skipIf(!stills)(`statistics of whole pictures do not tell fakes from real ones${skipped}`, async () => {
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const faces = []
  const names = readdirSync(stills!).toSorted()
  for (let i = 0; i < people; i++) {
    const portrait = await portraitOf(join(stills!, names[i * 40]!), detector, landmarker)
    if (!portrait) continue
    const { image } = portrait
    const room = ((margin - 1) / 2) * image.width
    const square = { x: -room, y: -room, width: margin * image.width, height: margin * image.height }
    const size = 160
    const landmarks = portrait.landmarks.map((value) => ((value + room) * size) / square.width)
    faces.push({ images: [portrait.cut(square, size)], landmarks: [landmarks] })
  }
  const forger = await openForger()
  const samples: Probed[] = []
  for (const [source, face] of faces.entries()) {
    const donor = nearestDonor(
      face.landmarks[0]!,
      faces.filter((other) => other !== face),
    )!
    for (let i = 0; i < each; i++) {
      const request = { source: face, margin, size: 112, frames: 1, donor }
      const { real, fake } = await forger.pair(request, new Random(`${source} ${i}`))
      samples.push({ values: await statisticsOf(real[0]!), source, fake: false })
      samples.push({ values: await statisticsOf(fake[0]!), source, fake: true })
    }
  }
  expect(samples.length).toBeGreaterThanOrEqual(2 * 280)
  expect(probe(samples)).toBeLessThan(0.6)
})

test('the probe finds what there is to be found', () => {
  const random = new Random(1)
  const samples = Array.from({ length: 400 }, (_, i) => {
    const fake = i % 2 === 1
    return { values: [random.normal(), random.normal(fake ? 1 : 0)], source: i >> 1, fake }
  })
  expect(probe(samples)).toBeGreaterThan(0.7)
  const none = samples.map((sample) => ({ ...sample, values: [sample.values[0]!] }))
  expect(Math.abs(probe(none) - 0.5)).toBeLessThan(0.1)
})
