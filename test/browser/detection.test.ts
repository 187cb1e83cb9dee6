import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { encodeModel } from '../../src/network/model-file.ts'
import { mediaFile } from '../detect/media.ts'
import { smallModel } from '../detect/small-model.ts'
import { judge } from './detections.ts'
import { chromiumMissing, openPage } from './open-page.ts'

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : ''

/** Numbers of any depth, in order. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

describe.skipIf(chromiumMissing)(`a detection in Chromium${skipped}`, () => {
  test('says what it says in Node', async () => {
    const job = {
      video: new Uint8Array(await readFile(mediaFile('cap13_edit2.mp4'))),
      model: new Uint8Array(encodeModel(await smallModel())),
      every: 31,
    }
    await using page = await openPage()
    const here = await judge(job)
    const there = await page.judge(job)
    expect(here.faces).toHaveLength(1)
    expect(there).toMatchObject({ verdict: here.verdict, basis: here.basis })
    expect(there.reasons.map(({ code }) => code)).toEqual(here.reasons.map(({ code }) => code))
    expect(Math.abs(there.probability! - here.probability!)).toBeLessThan(1e-4)
    // The same frames, and the same pixels of them
    expect(there.faces.map(({ moments }) => moments)).toEqual(here.faces.map(({ moments }) => moments))
    expect(there.faces.map(({ thumbnail }) => thumbnail)).toEqual(here.faces.map(({ thumbnail }) => thumbnail))
    const figures = ({ faces }: typeof here) =>
      numbersIn(
        faces.map(({ recompressed, clips, regions, relations }) => ({ recompressed, clips, regions, relations })),
      )
    const [own, other] = [figures(here), figures(there)]
    expect(other.length).toBe(own.length)
    for (const [i, value] of own.entries()) expect(Math.abs(other[i]! - value)).toBeLessThan(1e-3)
    expect(page.complaints).toEqual([])
    expect(page.outside).toEqual([])
  })
})
