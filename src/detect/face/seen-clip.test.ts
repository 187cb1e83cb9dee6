import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { tensor } from '../../tensor/tensor.ts'
import { uncalibrated } from '../calibration.ts'
import { detectedClip, type SeenClip } from './seen-clip.ts'

const [snippets, frames, side] = [5, 4, 14]

/** A clip with so much evidence in each cell of a frame. */
function clipOf(evidence: (frame: number) => number): SeenClip {
  const cells = side * side
  const seconds = Array.from({ length: snippets * frames }, (_, i) => i / 30)
  const data = Float32Array.from({ length: seconds.length * cells }, (_, i) => evidence(Math.floor(i / cells)))
  const images = seconds.map(() => ({ width: 1, height: 1, data: new Uint8Array(3) }))
  return {
    clip: {
      ...{ track: 1, clip: 0, seconds, images, found: seconds.length, repeated: 0, view: () => images[0]! },
      regions: seconds.map(() => ({ x: 0, y: 0, width: 1, height: 1 })),
    },
    score: { logits: [0, 0], probability: 0.5, cam: tensor('float32', [seconds.length, side, side], data) },
    recompressed: 0.5,
    landmarks: [],
  }
}

const sharesOf = (seen: SeenClip) => detectedClip(seen, snippets, uncalibrated).snippets.map(({ evidence }) => evidence)

test('evidence is shared among snippets by how much is in all of their frames', () => {
  const shares = sharesOf(clipOf((frame) => Math.floor(frame / frames)))
  for (const [i, share] of shares.entries()) expect(share).toBeCloseTo(i / 10)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('all of it in one snippet is a share of 1, not a little more (seed %i)', (seed) => {
  const random = new Random(seed)
  expect(sharesOf(clipOf((frame) => (frame < frames ? random.uniform() : 0)))).toEqual([1, 0, 0, 0, 0])
})

test('without evidence all shares are 0', () => {
  expect(sharesOf(clipOf(() => 0))).toEqual([0, 0, 0, 0, 0])
})
