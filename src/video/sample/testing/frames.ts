import type { Random } from '../../../tensor/random.ts'
import { type Colour, type Frame, frameBytes, type Picture } from '../../frame.ts'
import type { Size } from '../../image.ts'

const plain: Picture = {
  width: 1,
  height: 1,
  colour: { matrix: 'bt709', range: 'limited', chroma: 'left' },
  rotation: 0,
  flip: false,
  pixelAspect: 1,
}

function frameOf(data: Uint8Array<ArrayBuffer>, picture: Partial<Picture> & Size): Frame {
  return { ...plain, ...picture, seconds: 0, index: 0, data }
}

/** Any bytes at all: the hardest content for a filter. */
export function noiseFrame(random: Random, picture: Partial<Picture> & Size): Frame {
  const data = new Uint8Array(frameBytes(picture.width, picture.height))
  for (let i = 0; i < data.length; i++) data[i] = random.integer(256)
  return frameOf(data, picture)
}

/** Soft shapes of all brightnesses and colours, without noise, as of a face out of focus. */
export function softFrame(random: Random, picture: Partial<Picture> & Size): Frame {
  const { width, height } = picture
  const data = new Uint8Array(frameBytes(width, height))
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
  let at = 0
  for (const [plane, { width: columns, height: rows }] of [{ width, height }, half, half].entries()) {
    const shapes = Array.from({ length: 12 }, () => ({
      x: random.uniform() * columns,
      y: random.uniform() * rows,
      reach: (0.05 + 0.2 * random.uniform()) * Math.max(columns, rows, 8),
      by: (plane === 0 ? 200 : 120) * (random.uniform() - 0.5),
    }))
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        let value = 128
        for (const shape of shapes) {
          const [dx, dy] = [(x - shape.x) / shape.reach, (y - shape.y) / shape.reach]
          value += shape.by / (1 + dx * dx + dy * dy)
        }
        data[at++] = Math.min(Math.max(Math.round(value), 16), 235)
      }
    }
  }
  return frameOf(data, picture)
}

/** One colour everywhere. */
export function plainFrame([y, u, v]: readonly [number, number, number], picture: Partial<Picture> & Size): Frame {
  const data = new Uint8Array(frameBytes(picture.width, picture.height)).fill(y)
  const luma = picture.width * picture.height
  data.fill(u, luma).fill(v, luma + (data.length - luma) / 2)
  return frameOf(data, picture)
}

export function anyOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.integer(choices.length)]!
}

export function randomColour(random: Random): Colour {
  return {
    matrix: anyOf(random, ['bt601', 'bt709', 'bt2020']),
    range: anyOf(random, ['limited', 'full']),
    chroma: anyOf(random, ['left', 'centre', 'top-left']),
  }
}

export function randomPicture(random: Random, least: number, most: number): Picture {
  const side = () => least + random.integer(most - least + 1)
  return {
    width: side(),
    height: side(),
    colour: randomColour(random),
    rotation: anyOf(random, [0, 90, 180, 270]),
    flip: random.bernoulli(0.5),
    pixelAspect: anyOf(random, [1, 1, 4 / 3, 8 / 9, 2]),
  }
}
