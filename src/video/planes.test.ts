import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { type Colour, frameBytes } from './frame.ts'
import { type Component, type Format, formats, type PlaneFormat } from './i420/formats.ts'
import { type PlaneLayout, toI420 } from './planes.ts'

type Siting = Colour['chroma']
type Bits = PlaneLayout['bits']

const sitings = ['left', 'centre', 'top-left'] as const
const sizes = [
  [8, 6],
  [9, 7],
  [1, 1],
  [2, 5],
  [13, 4],
] as const

/** Random planes, with room between the rows and before the first, that lie as the format says. */
function randomLayout(name: PlaneFormat, bits: Bits, width: number, height: number, random: Random): PlaneLayout {
  const format: Format = formats[name]
  const stride = (4 * width + 8 + random.integer(9)) * (bits === 8 ? 1 : 2)
  const bottomUp = random.integer(2) === 1
  const planes = [0, 1, 2].map(() => {
    const above = random.integer(20)
    const data = Uint8Array.from({ length: above + stride * height }, () => random.integer(256))
    if (bits > 8 && bits < 16) for (let i = 1; i < data.length; i++) data[i]! &= (1 << (bits - 8)) - 1
    const offset = above + (bottomUp ? stride * (height - 1) : 0)
    return { data, offset, stride: bottomUp ? -stride : stride }
  })
  if (format.kind === 'palette') {
    planes[1] = { data: Uint8Array.from({ length: 1024 }, () => random.integer(256)), offset: 0, stride: 1024 }
  }
  return { format: name, bits, planes }
}

/** A sample as stored, columns and rows beyond the edge being those at the edge. */
function sampleOf(
  layout: PlaneLayout,
  component: Component,
  x: number,
  y: number,
  columns: number,
  rows: number,
): number {
  const { data, offset = 0, stride } = layout.planes[component.plane]!
  const column = component.first + component.step * Math.min(Math.max(x, 0), columns - 1)
  const at = offset + stride * Math.min(Math.max(y, 0), rows - 1)
  if (layout.bits === 8) return data[at + column]!
  const [first, second] = [data[at + 2 * column]!, data[at + 2 * column + 1]!]
  return layout.bigEndian ? 256 * first + second : first + 256 * second
}

const reduced = (value: number, bits: Bits) => Math.min(255, Math.floor(value / 2 ** (bits - 8) + 0.5))

/** How much of sample j is in sample i of the result: by where they lie, in pixels, as a triangle between neighbours. */
function share(i: number, j: number, step: number, onFirst: boolean): number {
  const place = (index: number, every: number) => index * every + (onFirst ? 0 : (every - 1) / 2)
  const distance = Math.abs(place(i, 2) - place(j, step))
  if (step === 1) return onFirst ? Math.max(0, 2 - distance) / 4 : distance < 1 ? 1 / 2 : 0
  return Math.max(0, 1 - distance / step)
}

function expectedYuv(layout: PlaneLayout, width: number, height: number, siting: Siting): number[] {
  const format: Format = formats[layout.format]
  const result: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      result.push(reduced(sampleOf(layout, format.components[0], x, y, width, height), layout.bits))
    }
  }
  if (format.kind !== 'yuv') return [...result, ...new Array(frameBytes(width, height) - width * height).fill(128)]
  const [columns, rows] = [Math.ceil(width / format.columns), Math.ceil(height / format.rows)]
  for (const component of format.components.slice(1)) {
    for (let y = 0; y < Math.ceil(height / 2); y++) {
      for (let x = 0; x < Math.ceil(width / 2); x++) {
        let sum = 0
        for (let j = -2; j <= rows + 2; j++) {
          for (let i = -2; i <= columns + 2; i++) {
            const weight =
              share(x, i, format.columns, siting !== 'centre') * share(y, j, format.rows, siting === 'top-left')
            if (weight > 0) sum += weight * sampleOf(layout, component, i, j, columns, rows)
          }
        }
        result.push(reduced(sum, layout.bits))
      }
    }
  }
  return result
}

function expectedRgb(layout: PlaneLayout, width: number, height: number): number[] {
  const format: Format = formats[layout.format]
  const pixel = (x: number, y: number): number[] => {
    const right = Math.min(x, width - 1)
    const below = Math.min(y, height - 1)
    if (format.kind === 'palette') {
      const entry = 4 * sampleOf(layout, format.components[0], right, below, width, height)
      return [2, 1, 0].map((i) => layout.planes[1]!.data[entry + i]!)
    }
    return format.components.map((component) =>
      reduced(sampleOf(layout, component, right, below, width, height), layout.bits),
    )
  }
  const result: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = pixel(x, y) as [number, number, number]
      result.push(0.299 * red + 0.587 * green + 0.114 * blue)
    }
  }
  for (const [r, g, b] of [
    [-0.168736, -0.331264, 0.5],
    [0.5, -0.418688, -0.081312],
  ] as const) {
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        const four = [pixel(x, y), pixel(x + 1, y), pixel(x, y + 1), pixel(x + 1, y + 1)]
        const mean = (channel: number) => four.reduce((sum, colours) => sum + colours[channel]!, 0) / 4
        result.push(128 + r * mean(0) + g * mean(1) + b * mean(2))
      }
    }
  }
  return result
}

const names = Object.keys(formats) as PlaneFormat[]
const withoutColours = names.filter((name) => ['yuv', 'grey'].includes(formats[name].kind))
const withColours = names.filter((name) => ['rgb', 'palette'].includes(formats[name].kind))

describe.each(withoutColours)('%s', (name) => {
  test.each([8, 9, 10, 12, 14, 16] as const)('%i bits', (bits) => {
    const random = new Random(`${name} ${bits}`)
    for (const [width, height] of sizes) {
      for (const siting of sitings) {
        const little = randomLayout(name, bits, width, height, random)
        expect([...toI420(little, width, height, siting)]).toEqual(expectedYuv(little, width, height, siting))
        if (bits !== 16) continue
        const big = { ...little, bigEndian: true }
        expect([...toI420(big, width, height, siting)]).toEqual(expectedYuv(big, width, height, siting))
      }
    }
  })
})

describe.each(withColours)('%s', (name) => {
  test.each(name === 'palette' ? [8] : ([8, 10, 16] as const))('%i bits', (bits) => {
    const random = new Random(`${name} ${bits}`)
    for (const [width, height] of sizes) {
      const layout = randomLayout(name, bits as Bits, width, height, random)
      const found = toI420(layout, width, height)
      const wanted = expectedRgb(layout, width, height)
      expect(found.length).toBe(wanted.length)
      // weights of 16 bits move a value by up to 1/128, so one near a half may fall to either side
      for (const [i, value] of wanted.entries()) expect(Math.abs(Math.min(value, 255) - found[i]!)).toBeLessThan(0.51)
    }
  })
})

test('the colours of RGB are all but kept', () => {
  const data = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0)
  const planes = [{ data, stride: 6 }]
  expect([...toI420({ format: 'rgb', bits: 8, planes }, 2, 2)]).toEqual([76, 76, 76, 76, 85, 255])
})

test('planes that lie as a frame wants them are copied, not handed on', () => {
  const data = Uint8Array.from({ length: frameBytes(4, 2) }, (_, i) => i)
  const planes = [
    { data, stride: 4 },
    { data, offset: 8, stride: 2 },
    { data, offset: 10, stride: 2 },
  ]
  const found = toI420({ format: 'i420', bits: 8, planes }, 4, 2)
  expect(found).toEqual(data)
  expect(found.buffer).not.toBe(data.buffer)
})

test('p010 is read as 16 bits: its values lie in the high bits', () => {
  const values = [1023, 512, 64, 66]
  const data = Uint8Array.from(values.flatMap((value) => [(value << 6) & 255, value >> 2]))
  const planes = [
    { data, stride: 4 },
    { data, stride: 4 },
  ]
  expect([...toI420({ format: 'nv12', bits: 16, planes }, 2, 2)]).toEqual([255, 128, 16, 17, 255, 128])
})

test('a plane that is missing or too short is an error, not black', () => {
  const enough = { data: new Uint8Array(24), stride: 6 }
  const short = { data: new Uint8Array(23), stride: 6 }
  const layout = (...planes: PlaneLayout['planes']): PlaneLayout => ({ format: 'i444', bits: 8, planes })
  expect(() => toI420(layout(enough, enough, enough), 6, 4)).not.toThrow()
  for (const planes of [
    [short, enough, enough],
    [enough, enough, short],
    [enough, enough],
  ]) {
    expect(() => toI420(layout(...planes), 6, 4)).toThrowError(expect.objectContaining({ code: 'video-damaged' }))
  }
  const bottomUp = { data: new Uint8Array(24), offset: 12, stride: -6 }
  expect(() => toI420(layout(bottomUp, enough, enough), 6, 4)).toThrowError(/bytes -6 to 18/)
})
