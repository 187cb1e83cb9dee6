import type { ClipEvidence } from '../../explain/evidence.ts'
import { strongestMoments } from '../../explain/moments.ts'
import { regionShares } from '../../explain/region-shares.ts'
import { relationGraph } from '../../explain/relations.ts'
import type { Track } from '../../face/face.ts'
import type { Model } from '../../network/model-file.ts'
import { faceProbability } from '../aggregate.ts'
import { type Calibration, calibrationOf } from '../calibration.ts'
import { operatingPointsOf } from '../operating-points.ts'
import type { DetectedClip, DetectedFace, Moment, Still } from '../result.ts'
import { faceVerdict } from '../verdict/face-verdict.ts'
import { detectedClip, evidenceOf, glancesOf, type SeenClip } from './seen-clip.ts'
import { Thinned } from './thinned.ts'

/** Width and height of the pictures of a face, pixels. */
const stillSize = 256

/** What is kept of a clip: no pictures. */
interface KeptClip {
  readonly detected: DetectedClip
  readonly evidence: ClipEvidence
  readonly recompressed: number
  readonly seconds: readonly number[]
  readonly repeated: number
}

/** Gathers what was found out about a face, clip after clip; of the pictures only those that may be shown. */
export class FaceRecord {
  readonly #model: Model
  readonly #calibration: Calibration
  readonly #clips: KeptClip[] = []
  readonly #stills = new Thinned<Still>()
  #moments: readonly Moment[] = []

  constructor(model: Model) {
    this.#model = model
    this.#calibration = calibrationOf(model.metadata)
  }

  /** @returns the clip as the result tells it */
  add(seen: SeenClip): DetectedClip {
    const { snippets } = this.#model.config.input
    const { seconds, regions, repeated, view } = seen.clip
    const detected = detectedClip(seen, snippets, this.#calibration)
    this.#clips.push({ detected, evidence: evidenceOf(seen), recompressed: seen.recompressed, seconds, repeated })
    const middle = seconds.length >> 1
    this.#stills.add(() => ({
      seconds: seconds[middle]!,
      region: regions[middle]!,
      image: view(middle, stillSize),
    }))
    this.#moments = strongestMoments([...this.#moments, ...glancesOf(seen, snippets, this.#calibration)]).map(
      (moment) => {
        if (!('frame' in moment)) return moment
        const { frame, ...shown } = moment
        return { ...shown, image: view(frame, stillSize) }
      },
    )
    return detected
  }

  /** Frames that its clips need, and those that stand in for others. */
  get frames(): { readonly expected: number; readonly repeated: number } {
    return {
      expected: this.#clips.reduce((sum, { seconds }) => sum + seconds.length, 0),
      repeated: this.#clips.reduce((sum, { repeated }) => sum + repeated, 0),
    }
  }

  /** @param isMain whether the video's verdict counts it */
  face({ id, startSeconds, endSeconds, quality }: Track, isMain: boolean): DetectedFace {
    const { config, metadata } = this.#model
    const clips = this.#clips.map(({ detected }) => detected)
    const evidence = this.#clips.map((clip) => clip.evidence)
    const probability = this.probability
    const recompressed = faceProbability(this.#clips.map((clip) => ({ probability: clip.recompressed })))
    const regions = regionShares(evidence, config.input.size)
    const findings = {
      track: id,
      width: quality.size,
      probability,
      recompressed,
      clips: clips.map((clip) => clip.probability),
      frames: new Set(this.#clips.flatMap(({ seconds }) => seconds)).size,
      framesOfClip: config.input.snippets * config.input.frames,
      regions,
    }
    return {
      track: id,
      startSeconds,
      endSeconds,
      ...faceVerdict(findings, operatingPointsOf(metadata)),
      probability,
      recompressed,
      isMain,
      clips,
      thumbnail: this.#nearestStill((startSeconds + endSeconds) / 2),
      regions,
      relations: relationGraph(this.#model, evidence, config.input.size),
      moments: this.#moments,
      quality,
    }
  }

  /** Of fake: the mean of its clips. */
  get probability(): number {
    return faceProbability(this.#clips.map(({ detected }) => detected))
  }

  #nearestStill(seconds: number): Still {
    const distance = (still: Still) => Math.abs(still.seconds - seconds)
    return this.#stills.items.reduce((best, still) => (distance(still) < distance(best) ? still : best))
  }
}
