import type { DetectedClip, DetectedFace, Detection, Heat, Still } from '../detect/result.ts'
import { pngUrl } from '../draw/png.ts'
import { UnmaskError } from '../errors.ts'
import { checkOptions } from '../options.ts'
import { type DetectionJson, detectionSchema } from './detection-schema.ts'

/** A detection as plain JSON: pictures are PNG in data URLs, heat maps numbers of four digits. */
export function detectionJson({ verdict, probability, reasons, faces, basis }: Detection): DetectionJson {
  return {
    format: 'unmask-detection',
    version: 1,
    verdict,
    probability,
    reasons,
    faces: faces.map(faceJson),
    basis: { ...basis, video: { ...basis.video, durationSeconds: basis.video.durationSeconds ?? null } },
  }
}

/**
 * What `detectionJson` gave, from text.
 * @param name of the file, begins the messages
 * @throws UnmaskError `detection-format`
 */
export function parseDetection(text: string, name: string): DetectionJson {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UnmaskError('detection-format', `${name} is not JSON`)
  }
  return checkOptions(detectionSchema, json, name, 'detection-format')
}

type FaceJson = DetectionJson['faces'][number]

function faceJson(face: DetectedFace): FaceJson {
  return {
    ...face,
    clips: face.clips.map(clipJson),
    thumbnail: stillJson(face.thumbnail),
    moments: face.moments.map((moment) => ({
      ...stillJson(moment),
      probability: moment.probability,
      heat: heatJson(moment.heat),
    })),
  }
}

function clipJson(clip: DetectedClip): FaceJson['clips'][number] {
  return { ...clip, snippets: clip.snippets.map((snippet) => ({ ...snippet, heat: heatJson(snippet.heat) })) }
}

function stillJson({ seconds, region, image }: Still): FaceJson['thumbnail'] {
  return { seconds, region, image: pngUrl(image) }
}

function heatJson({ width, height, data }: Heat): FaceJson['moments'][number]['heat'] {
  return { width, height, values: Array.from(data, (value) => Number(value.toPrecision(4))) }
}
