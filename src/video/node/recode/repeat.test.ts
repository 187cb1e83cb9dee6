import { expect, test } from 'vitest'
import { Random } from '../../../tensor/random.ts'
import { assumedColour } from '../../colour.ts'
import { recodeFrames } from '../recode.ts'

test('the same pictures give the same bits, whatever was in memory before', () => {
  const random = new Random(3)
  for (let trial = 0; trial < 12; trial++) {
    const size = 2 * (28 + random.integer(70))
    const frames = Array.from({ length: 4 + random.integer(3) }, (_, t) => {
      const data = new Uint8Array(1.5 * size * size)
      for (let i = 0; i < data.length; i++) data[i] = 128 + 60 * Math.sin(i / 7 + t) + random.integer(20)
      const colour = assumedColour(size, size)
      return {
        width: size,
        height: size,
        data,
        colour,
        rotation: 0,
        flip: false,
        pixelAspect: 1,
        seconds: t,
        index: t,
      } as const
    })
    const crf = 18 + random.integer(24)
    const recoded = () => recodeFrames(frames, { codec: 'h264', crf, frameRate: 25 }).map(({ data }) => data)
    const first = recoded()
    for (let again = 0; again < 6; again++) expect(recoded()).toEqual(first)
  }
}, 60_000)
