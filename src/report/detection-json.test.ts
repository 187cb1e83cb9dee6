import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Detection, Still } from '../detect/result.ts'
import { detectionJson, parseDetection } from './detection-json.ts'
import { type DetectionJson, detectionSchema } from './detection-schema.ts'
import {
  fake,
  hostileText,
  largest,
  noFace,
  real,
  several,
  uncalibrated,
  uncertain,
  worded,
} from './testing/detections.ts'

const detections: [string, Detection][] = Object.entries({
  fake: fake(),
  real: real(),
  uncertain: uncertain(),
  largest: largest(),
  uncalibrated: uncalibrated(),
  'no face': noFace(),
  'several faces': several(),
  'hostile texts': worded(hostileText),
})

test.each(detections)('%s: what is read is what was written', (_, detection) => {
  const json = detectionJson(detection)
  expect(parseDetection(JSON.stringify(json), 'a.json')).toEqual(json)
  const { faces, ...rest } = detection
  expect(json).toMatchObject({
    ...rest,
    basis: { ...rest.basis, video: { ...rest.basis.video, durationSeconds: rest.basis.video.durationSeconds ?? null } },
  })
  expect(json.faces.length).toBe(faces.length)
})

test('pictures and heat maps are those of the detection', () => {
  const [face] = fake().faces
  const [json] = detectionJson(fake()).faces
  expectPicture(json!.thumbnail, face!.thumbnail)
  for (const [i, moment] of face!.moments.entries()) {
    expectPicture(json!.moments[i]!, moment)
    const { width, height, values } = json!.moments[i]!.heat
    expect([width, height]).toEqual([moment.heat.width, moment.heat.height])
    for (const [at, value] of moment.heat.data.entries())
      expect(Math.abs(values[at]! - value)).toBeLessThan(1e-3 * value + 1e-12)
  }
})

function expectPicture(json: DetectionJson['faces'][number]['thumbnail'], { image, seconds, region }: Still): void {
  expect(json).toMatchObject({ seconds, region })
  const { width, height, data } = decode(Buffer.from(json.image.split(',')[1]!, 'base64'))
  expect({ width, height, data }).toEqual(image)
}

test('the published schema is that of the code', async () => {
  const schema = z.toJSONSchema(detectionSchema, { target: 'draft-2020-12' })
  const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url))
  const input = JSON.stringify(schema, null, 2)
  const formatting = [biome, 'format', '--stdin-file-path=detection.schema.json']
  const { stdout } = spawnSync(process.execPath, formatting, { input, encoding: 'utf8' })
  // After a change of the schema: npx vitest run src/report/detection-json.test.ts --update
  await expect(stdout).toMatchFileSnapshot('../../docs/detection.schema.json')
})

test.each([
  ['{', 'a.json is not JSON'],
  ['{"format":"unmask-evaluation"}', 'format'],
  [altered({ verdict: 'maybe' }), 'verdict'],
  [altered({ probability: 1.5 }), 'probability'],
  [altered({ reasons: [] }), 'reasons'],
  [altered({ extra: 1 }), 'unknown key "extra"'],
])('refuses %.30s', (text, message) => {
  expect(() => parseDetection(text, 'a.json')).toThrow(
    expect.objectContaining({ code: 'detection-format', message: expect.stringContaining(message) }),
  )
})

function altered(change: object): string {
  return JSON.stringify({ ...detectionJson(noFace()), ...change })
}
