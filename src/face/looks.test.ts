import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { containment } from './geometry.ts'
import { largestInTile, leastInWhole, tilesOf } from './looks.ts'

test('every face too small for the whole picture is whole in a tile, and large enough in it', () => {
  const random = new Random(5)
  for (let round = 0; round < 2000; round++) {
    const size = { width: 400 + random.integer(8000), height: 400 + random.integer(8000) }
    const long = Math.max(size.width, size.height)
    const tiles = tilesOf(size)
    const side = tiles[0]?.width ?? 0
    if (tiles.length === 0) continue
    const width = leastInWhole * random.uniform(side, long)
    const face = {
      x: random.uniform(0, size.width - width),
      y: random.uniform(0, size.height - width),
      width,
      height: width,
    }
    const whole = tiles.filter((tile) => containment(tile, face) > 1 - 1e-9)
    expect(whole).not.toEqual([])
    expect(width).toBeLessThanOrEqual(largestInTile * side)
    expect(tiles.length).toBeLessThanOrEqual(36)
    for (const tile of tiles) {
      expect(tile.width).toBe(tile.height)
      if (size.width >= side) expect(tile.x >= 0 && tile.x + side <= size.width + 1e-6).toBe(true)
      if (size.height >= side) expect(tile.y >= 0 && tile.y + side <= size.height + 1e-6).toBe(true)
    }
  }
})

test('small pictures have no tiles, large ones few', () => {
  expect(tilesOf({ width: 512, height: 512 })).toEqual([])
  expect(tilesOf({ width: 1280, height: 720 })).toHaveLength(8)
  expect(tilesOf({ width: 1920, height: 1080 })).toHaveLength(8)
})
