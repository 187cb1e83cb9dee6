import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { distinctColour, heatColour } from './colour-map.ts'
import { blendHeatMap } from './heat-map.ts'
import { blankImage, copyImage, paste, type Rgb } from './image.ts'
import { drawLine, drawPoint, drawRectangle, fillRectangle } from './shapes.ts'
import { drawText, fitText, measureText } from './text.ts'

const random = new Random(3)
const noise = (width: number, height: number): Image => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, () => random.integer(256)),
})
const pixel = ({ width, data }: Image, x: number, y: number) => [...data.subarray(3 * (y * width + x)).subarray(0, 3)]

/** A part of a picture, beyond whose edges nothing may be asked. */
function cut(image: Image, left: number, top: number, width: number, height: number): Image {
  const part = blankImage(width, height)
  paste(part, image, -left, -top)
  return part
}

/** Where a picture is not black: first and last column and row. */
function ink(image: Image) {
  const [columns, rows]: [number[], number[]] = [[], []]
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (pixel(image, x, y).every((value) => value === 0)) continue
      columns.push(x)
      rows.push(y)
    }
  }
  return { left: Math.min(...columns), right: Math.max(...columns), top: Math.min(...rows), bottom: Math.max(...rows) }
}

const red: Rgb = [255, 0, 0]

describe('paste', () => {
  test('a part of what was pasted is what was there', () => {
    const [page, image] = [noise(20, 16), noise(7, 5)]
    const before = copyImage(page)
    paste(page, image, 9, 4)
    expect(cut(page, 9, 4, 7, 5)).toEqual(image)
    paste(page, cut(before, 9, 4, 7, 5), 9, 4)
    expect(page).toEqual(before)
  })

  test.each([
    [-3, -2],
    [17, 14],
    [-3, 14],
    [40, 0],
    [0, -40],
  ])('across the edge, at %i, %i', (left, top) => {
    const [page, image] = [noise(20, 16), noise(7, 5)]
    const before = copyImage(page)
    paste(page, image, left, top)
    for (let y = 0; y < page.height; y++) {
      for (let x = 0; x < page.width; x++) {
        const within = x >= left && x < left + 7 && y >= top && y < top + 5
        expect(pixel(page, x, y)).toEqual(within ? pixel(image, x - left, y - top) : pixel(before, x, y))
      }
    }
  })
})

describe('shapes', () => {
  test('a filled rectangle, beyond the edge, half opaque', () => {
    const image = blankImage(8, 6, [100, 200, 50])
    fillRectangle(image, { x: 5.4, y: -3, width: 9, height: 5.2 }, red, 0.5)
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 8; x++) expect(pixel(image, x, y)).toEqual(x >= 5 && y < 2 ? [178, 100, 25] : [100, 200, 50])
    }
  })

  test.each([1, 2, 3, 9])('the edge of a rectangle, %i thick, is a rectangle less the inner one', (thickness) => {
    const [edge, filled] = [blankImage(30, 20), blankImage(30, 20)]
    const region = { x: 4, y: 3, width: 20, height: 12 }
    drawRectangle(edge, region, red, thickness)
    fillRectangle(filled, region, red)
    const inner = { x: 4 + thickness, y: 3 + thickness, width: 20 - 2 * thickness, height: 12 - 2 * thickness }
    if (inner.height > 0) fillRectangle(filled, inner, [0, 0, 0])
    expect(edge).toEqual(filled)
  })

  test('a line along the pixels is a bar with round ends; as much ink whichever way it lies', () => {
    const straight = blankImage(40, 9)
    drawLine(straight, [5, 4.5], [30, 4.5], red, 3)
    for (let x = 6; x < 29; x++) {
      expect(Array.from({ length: 9 }, (_, y) => pixel(straight, x, y)[0])).toEqual([0, 0, 0, 255, 255, 255, 0, 0, 0])
    }
    const amount = ({ data }: Image) => data.reduce((sum, value) => sum + value, 0) / 255
    const area = 25 * 3 + Math.PI * 1.5 ** 2
    for (let angle = 0; angle < 6; angle += 0.3) {
      const image = blankImage(80, 80)
      drawLine(image, [40, 40], [40 + 25 * Math.cos(angle), 40 + 25 * Math.sin(angle)], red, 3)
      expect(Math.abs(amount(image) - area)).toBeLessThan(0.05 * area)
    }
  })

  test('a point is a disc', () => {
    const image = blankImage(31, 31)
    drawPoint(image, [15.5, 15.5], 10, red)
    const area = image.data.reduce((sum, value) => sum + value, 0) / 255
    expect(Math.abs(area - Math.PI * 100)).toBeLessThan(5)
    expect(ink(image)).toEqual({ left: 5, right: 25, top: 5, bottom: 25 })
  })

  test('what is drawn across the edge is the part of what is drawn within', () => {
    const draw = (image: Image, dx: number, dy: number) => {
      drawLine(image, [3.2 + dx, 30 + dy], [27 + dx, 2.5 + dy], red, 4)
      drawPoint(image, [20 + dx, 20 + dy], 7, [0, 255, 0])
      drawRectangle(image, { x: 1 + dx, y: 8 + dy, width: 25, height: 15 }, [0, 0, 255], 2)
      drawText(image, 'Edge', 4 + dx, 12 + dy, { scale: 2, background: [1, 2, 3] })
    }
    const whole = blankImage(60, 60)
    draw(whole, 15, 15)
    const part = blankImage(16, 14)
    draw(part, 15 - 22, 15 - 20)
    expect(part).toEqual(cut(whole, 22, 20, 16, 14))
  })
})

describe('text', () => {
  const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  const drawn = (text: string, scale = 1) => {
    const image = blankImage(200, 30 * scale)
    drawText(image, text, 3, 4, { scale })
    return image
  }

  test('each sign of ASCII, and the others promised, has a picture of its own', () => {
    const signs = [...printable, ...'×·°±–…→', '□']
    expect(new Set(signs.map((sign) => drawn(sign).data.join())).size).toBe(signs.length)
    expect(drawn('−')).toEqual(drawn('–'))
  })

  test('accents fall away, other signs are boxes', () => {
    expect(drawn('Žluťoučký kůň')).toEqual(drawn('Zlutoucky kun'))
    expect(drawn('漢字')).toEqual(drawn('□□'))
  })

  test.each([1, 3])('is as large as measured, at scale %i', (scale) => {
    for (const text of ['Hg', 'lazy dog', 'A1', 'ijl|']) {
      const { width, height, below } = measureText(text, scale)
      const { left, right, top, bottom } = ink(drawn(text, scale))
      expect({ left, top, right }).toEqual({ left: 3, top: 4, right: 2 + width })
      expect(bottom).toBeLessThanOrEqual(3 + height + below)
    }
    expect(measureText('', scale).width).toBe(0)
    expect(measureText('111', scale)).toEqual(measureText('888', scale))
  })

  test('a scale of 3 is each pixel 3 x 3', () => {
    const [small, large] = [blankImage(60, 12), blankImage(180, 36)]
    drawText(small, 'Unmask?', 0, 0)
    drawText(large, 'Unmask?', 0, 0, { scale: 3 })
    for (let y = 0; y < 36; y++) {
      for (let x = 0; x < 180; x++) {
        expect(pixel(large, x, y)).toEqual(pixel(small, Math.floor(x / 3), Math.floor(y / 3)))
      }
    }
  })

  test('what is too long is cut, and never too long', () => {
    expect(fitText('short', 100)).toBe('short')
    expect(fitText('a longer line', 40)).toMatch(/^a lon.*…$/)
    for (let width = 5; width < 90; width++) {
      expect(measureText(fitText('a longer line', width), 1).width).toBeLessThanOrEqual(width)
    }
  })
})

describe('colours', () => {
  test('hotter is brighter', () => {
    const luma = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
    for (let i = 1; i <= 100; i++) {
      expect(luma(heatColour(i / 100))).toBeGreaterThan(luma(heatColour((i - 1) / 100)) - 0.5)
    }
    expect([heatColour(-1), heatColour(Number.NaN), heatColour(9)]).toEqual([
      heatColour(0),
      heatColour(0),
      heatColour(1),
    ])
  })

  test('numbers side by side differ', () => {
    expect(new Set([1, 2, 3, 4, 5, 6, 7].map((id) => distinctColour(id).join())).size).toBe(7)
    expect(distinctColour(8)).toEqual(distinctColour(1))
  })
})

describe('a heat map', () => {
  test('of nothing leaves the picture; of 1 throughout it mixes in one colour', () => {
    const image = noise(20, 20)
    const before = copyImage(image)
    const region = { x: 5, y: 6, width: 8, height: 7 }
    blendHeatMap(image, { width: 2, height: 3, values: new Float32Array(6) }, region)
    expect(image).toEqual(before)
    blendHeatMap(image, { width: 2, height: 3, values: new Float32Array(6).fill(1) }, region, 0.25)
    fillRectangle(before, region, heatColour(1), 0.25)
    expect(image).toEqual(before)
  })

  test('is laid over its region, also across the edge', () => {
    const values = Float32Array.from([0, 0, 0, 1])
    const whole = blankImage(40, 40)
    blendHeatMap(whole, { width: 2, height: 2, values }, { x: 10, y: 10, width: 20, height: 20 })
    const { left, top, right, bottom } = ink(whole)
    expect({ right, bottom }).toEqual({ right: 29, bottom: 29 })
    expect(Math.min(left, top)).toBeGreaterThan(10)
    expect(pixel(whole, 29, 29)).toEqual(heatColour(1).map((value) => Math.round(0.6 * value)))
    const part = blankImage(10, 10)
    blendHeatMap(part, { width: 2, height: 2, values }, { x: -15, y: -15, width: 20, height: 20 })
    expect(part).toEqual(cut(whole, 25, 25, 10, 10))
  })
})
