import { contentHash } from '../../dataset/content-hash.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { treated } from '../../dataset/treatment.ts'
import type { FaceClipScore } from '../../detect/score.ts'
import { scoreVideo } from '../../detect/score-video.ts'
import type { Scorer } from '../../detect/scorer.ts'
import type { FaceDetector } from '../../face/detector.ts'
import type { Landmarker } from '../../face/landmarks/landmarker.ts'
import { displaySize } from '../../video/frame.ts'
import type { Image, Size } from '../../video/image.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import { openEntry } from '../run/open-entry.ts'
import type { Scoring } from '../run/options.ts'
import { evidenceOf, type MapName } from './evidence.ts'
import { forgedPlaces, type Place, placeOf, places } from './face-regions.ts'
import { forgedPixels } from './forged-pixels.ts'
import { peakOf } from './map.ts'
import { type Chance, type Localised, meanLocalised, measureFrame } from './measure-frame.ts'

export interface LocaliseTools {
  /** One that explains. */
  readonly scorer: Scorer
  readonly detector: FaceDetector
  readonly landmarker: Landmarker
}

/** How well the maps of a model show what was forged of one video: means of its frames. */
export interface LocalisedVideo {
  /** Frames in whose crop something was forged. */
  readonly frames: number
  readonly maps: ReadonlyMap<MapName, Localised>
  readonly chance: Chance
  /** In which share of the frames a part of the face was forged, and the peak of the evidence (`cam`) lay in it. */
  readonly places: ReadonlyMap<Place, { readonly forged: number; readonly peaks: number }>
}

interface ExplainedClip {
  readonly score: FaceClipScore
  readonly images: readonly Image[]
}

/**
 * Compares where a model sees evidence in a fake with where it was forged.
 * @param entry with a mask
 * @returns undefined where no clip shows anything forged
 * @throws what decoding, detecting and scoring throw; the signal's reason
 */
export async function localiseEntry(
  entry: DataEntry & { readonly mask: string },
  scoring: Scoring,
  { scorer, detector, landmarker }: LocaliseTools,
  signal?: AbortSignal,
): Promise<LocalisedVideo | undefined> {
  const stop = signal ? { signal } : {}
  const { clips, span, rate, faces } = scoring
  await using video = await openEntry(entry, scoring, { content: await contentHash(entry.path, signal), ...stop })
  const explained: ExplainedClip[] = []
  const onClip = (score: FaceClipScore, images: readonly Image[]) => explained.push({ score, images })
  await scoreVideo(video, { detector, scorer, clips, span, rate, faces, onClip, ...stop })
  await using masks = await openMasks(entry.mask, video.info.frameRate ?? 25, scoring, stop)
  const frames: MeasuredFrame[] = []
  for (const clip of explained) {
    frames.push(...(await measureClip(clip, masks, displaySize(video.info), { scorer, landmarker }, stop)))
  }
  return frames.length === 0 ? undefined : summed(frames)
}

async function openMasks(
  path: string,
  stillsRate: number,
  { treatment }: Scoring,
  stop: { readonly signal?: AbortSignal },
): Promise<Video> {
  const opened = await openVideo(path, { stillsRate, threads: 1, ...stop })
  if (!treatment) return opened
  await using masks = opened
  const { recode: _, ...lossless } = treatment
  return await treated(masks, lossless, { isolated: false, ...stop })
}

type MeasuredFrame = ReturnType<typeof measureFrame> & {
  readonly forged: ReadonlySet<Place>
  readonly peak: Place | undefined
}

async function measureClip(
  { score, images }: ExplainedClip,
  masks: Video,
  shown: Size,
  { scorer, landmarker }: Pick<LocaliseTools, 'scorer' | 'landmarker'>,
  stop: { readonly signal?: AbortSignal },
): Promise<MeasuredFrame[]> {
  const { size, frames } = scorer.input
  const wanted = score.seconds.map((seconds, i) => ({ seconds, region: score.regions[i]! }))
  const pixels = await forgedPixels(masks, wanted, { shown, size: { width: size, height: size }, ...stop })
  const measured: MeasuredFrame[] = []
  for (const [i, mask] of pixels.entries()) {
    if (!mask?.forged.includes(1)) continue
    const maps = evidenceOf(score, i, frames)
    const landmarks = await landmarker.locate(images[i]!, stop)
    const cam = maps.get('cam')
    const peak = cam && peakOf(cam)
    measured.push({
      ...measureFrame(maps, mask),
      forged: forgedPlaces(mask, landmarks),
      peak: peak && placeOf(peak, cam, mask, landmarks),
    })
  }
  return measured
}

function summed(frames: readonly MeasuredFrame[]): LocalisedVideo {
  const count = frames.length
  const share = (of: (frame: MeasuredFrame) => number) => frames.reduce((sum, frame) => sum + of(frame), 0) / count
  const names = [...frames[0]!.localised.keys()]
  return {
    frames: count,
    maps: new Map(names.map((name) => [name, meanLocalised(frames.map(({ localised }) => localised.get(name)!))])),
    chance: {
      pointing: share(({ chance }) => chance.pointing),
      pointingExact: share(({ chance }) => chance.pointingExact),
      overlap: share(({ chance }) => chance.overlap),
    },
    places: new Map(
      places.map((place) => [
        place,
        {
          forged: share(({ forged }) => Number(forged.has(place))),
          peaks: share(({ peak }) => Number(peak === place)),
        },
      ]),
    ),
  }
}
