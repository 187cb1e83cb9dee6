import { detect } from '../../src/detect/detector.ts'
import { decodeModel } from '../../src/network/model-file.ts'

/** A video, and the model that is to judge it. */
export interface DetectionJob {
  readonly video: Uint8Array<ArrayBuffer>
  readonly model: Uint8Array<ArrayBuffer>
  readonly every: number
}

/** Of a detection what must be the same in Node and in a page. */
export async function judge({ video, model, every }: DetectionJob) {
  const { verdict, probability, reasons, faces, basis } = await detect(video, {
    model: await decodeModel(model),
    every,
  })
  return {
    verdict,
    reasons,
    basis: { version: basis.version, model: basis.model, framesExpected: basis.framesExpected },
    probability,
    faces: faces.map(({ track, verdict, recompressed, clips, regions, relations, moments, thumbnail }) => ({
      track,
      verdict,
      recompressed,
      clips: clips.map(({ probability }) => probability),
      regions,
      relations,
      moments: moments.map(({ seconds, image }) => ({ seconds, pixels: image.data })),
      thumbnail: thumbnail.image.data,
    })),
  }
}

export type Judgement = Awaited<ReturnType<typeof judge>>
