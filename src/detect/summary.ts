import type { ClipReader } from '../clip/reader.ts'
import type { StoredModel } from '../network/model-file.ts'
import { version } from '../version.ts'
import { displaySize } from '../video/frame.ts'
import type { Video } from '../video/video.ts'
import { mainFaces, videoProbability, widestFace } from './aggregate.ts'
import { isCalibrated } from './calibration.ts'
import type { FaceRecords } from './face/face-records.ts'
import type { FacesChoice } from './faces.ts'
import { operatingPointsOf } from './operating-points.ts'
import type { Basis, Detection } from './result.ts'
import type { Scorer } from './scorer.ts'
import { videoVerdict } from './verdict/video-verdict.ts'

export interface SummaryOptions {
  readonly model: StoredModel
  readonly scorer: Scorer
  readonly faces: FacesChoice
  /** When the detection began, as `performance.now` tells it. */
  readonly begun: number
}

/** The result of a detection, once the whole plan was looked at. */
export function summary(video: Video, reader: ClipReader, records: FaceRecords, options: SummaryOptions): Detection {
  const { tracks, looked } = reader
  const judged = tracks.flatMap((track) => {
    const record = records.get(track.id)
    return record ? [{ track, record, width: track.quality.size, probability: record.probability }] : []
  })
  const main = mainFaces(judged)
  const counted = options.faces === 'largest' && judged.length > 0 ? [widestFace(judged)] : judged
  const faces = counted.map((face) => face.record.face(face.track, main.includes(face)))
  const choice = { wanted: options.faces, leftOut: records.seen - counted.length }
  const { warnings, framesDecoded } = video.report
  return {
    ...videoVerdict(faces, { facesSeen: tracks.length, framesLooked: looked, choice, warnings }),
    probability: counted.length === 0 ? null : videoProbability(counted),
    faces,
    basis: {
      version,
      model: modelBasis(options.model),
      video: { durationSeconds: video.info.durationSeconds, ...displaySize(video.info), warnings },
      faces: choice,
      framesExpected: counted.reduce((sum, { record }) => sum + record.frames.expected, 0),
      framesRepeated: counted.reduce((sum, { record }) => sum + record.frames.repeated, 0),
      framesDecoded,
      device: options.scorer.device,
      seconds: (performance.now() - options.begun) / 1000,
    },
  }
}

function modelBasis({ hash, metadata }: StoredModel): Basis['model'] {
  const name = metadata.name ?? 'unnamed'
  return { hash, name, calibrated: isCalibrated(metadata), ...operatingPointsOf(metadata) }
}
