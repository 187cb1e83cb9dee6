import { expect, test } from 'vitest'
import { relationFigure } from './relations.ts'
import { probabilityScale } from './scale.ts'
import { faceOf, fake } from './testing/detections.ts'
import { timeline } from './timeline.ts'

const { basis, faces } = fake()
const [face] = faces as [(typeof faces)[0]]

/** Numbers of an attribute of the elements of a class. */
function places(svg: string, kind: RegExp, attribute: string): number[] {
  const elements = [...svg.matchAll(/<[a-z]+ [^>]*class="([^"]*)"[^>]*>/g)].filter(([, name]) => kind.test(name!))
  return elements.map(([tag]) => Number(tag.match(new RegExp(` ${attribute}="([-\\d.]+)%?"`))![1]))
}

test('clips and snippets stand where they are in time, clips as high as their probability', () => {
  const svg = timeline(face, basis)
  const { clips } = face
  const seconds = basis.video.durationSeconds!
  for (const [i, x] of places(svg, /^clip /, 'x').entries())
    expect(x).toBeCloseTo((100 * clips[i]!.startSeconds) / seconds, 1)
  const heights = places(svg, /^clip /, 'height')
  for (const [i, height] of heights.entries()) {
    expect(height / heights[0]!).toBeCloseTo(clips[i]!.probability / clips[0]!.probability, 2)
  }
  expect(places(svg, /^snippet$/, 'cx').length).toBe(10)
})

test('clips of a long video can still be seen, and lie within the chart', () => {
  const end = {
    ...face,
    endSeconds: 7200,
    clips: face.clips.map((clip) => ({ ...clip, startSeconds: 7199, endSeconds: 7200 })),
  }
  const svg = timeline(end, basis)
  for (const [i, width] of places(svg, /^clip /, 'width').entries()) {
    expect(width).toBeGreaterThan(0.5)
    expect(width + places(svg, /^clip /, 'x')[i]!).toBeLessThanOrEqual(100)
  }
})

test('a model that does not judge frames has no dots', () => {
  const clips = face.clips.map((clip) => ({
    ...clip,
    snippets: clip.snippets.map((snippet) => ({ ...snippet, probability: null })),
  }))
  expect(places(timeline({ ...face, clips }, basis), /^snippet$/, 'cx')).toEqual([])
})

test('the scale has its zones and its marks where they belong', () => {
  const svg = probabilityScale('p', { ...basis.model, realUpTo: 0.2, fakeFrom: 0.9 }, 0.55, 0.1)
  expect(places(svg, /^zone/, 'width')).toEqual([20, 70, 10])
  expect(places(svg, /^pointer hollow/, 'x')).toEqual([10])
  expect(places(svg, /^pointer$/, 'x')).toEqual([55])
  expect(svg).toContain('>55 %, recompressed 10 %; fake from 90 %, real up to 20 %<')
})

test('of the relations the strongest are drawn, none of a vertex to itself', () => {
  const vertices = face.relations!.vertices.slice(0, 5)
  const adjacency = vertices.map((_, i) => vertices.map((_, j) => (i === j ? 9 : i < 2 ? 0.1 * (i + j + 1) : 0)))
  const svg = relationFigure(faceOf({ track: 1, verdict: 'fake', probability: 0.9 }), { vertices, adjacency })
  const widths = places(svg, /^edge$/, 'stroke-width')
  expect(widths.length).toBe(8)
  expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  expect(widths[0]).toBe(5)
  const radii = places(svg, /^vertex$/, 'r')
  for (const [i, { evidence }] of vertices.entries()) {
    for (const [j, other] of vertices.entries()) {
      if (evidence > other.evidence) expect(radii[i]).toBeGreaterThan(radii[j]!)
    }
  }
})
