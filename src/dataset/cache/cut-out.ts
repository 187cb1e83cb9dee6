import { planClips } from '../../clip/plan.ts'
import { ClipReader, type FaceClip } from '../../clip/reader.ts'
import { faceBoxInCrop } from '../../face/crop.ts'
import type { FaceDetector } from '../../face/detector.ts'
import type { Landmarker } from '../../face/landmarks/landmarker.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import { smoothed } from '../../face/landmarks/sequence.ts'
import { durationOf } from '../../video/duration.ts'
import type { Image } from '../../video/image.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import type { CachedClip } from '../face-clip.ts'
import { isStill } from '../still.ts'
import { treated } from '../treatment.ts'
import type { ResolvedCropSettings } from './settings.ts'

export interface CutOutTools {
  readonly detector: FaceDetector
  /** Where landmarks are asked for. */
  readonly landmarker: Landmarker | undefined
  /** As in `openVideo`. */
  readonly isolated: boolean
}

/**
 * Cuts the faces out of one entry.
 * @returns its clips in the order of their numbers; none where there is no face
 * @throws what opening, decoding and detecting throw; or the signal's reason
 */
export async function cutOut(
  path: string,
  settings: ResolvedCropSettings,
  { detector, landmarker, isolated }: CutOutTools,
  signal: AbortSignal,
): Promise<CachedClip[]> {
  await using opened = await openVideo(path, { isolated, threads: 1, signal })
  await using remade = settings.treatment && (await treated(opened, settings.treatment, { isolated, signal }))
  const { clips, reader } = await read(remade ?? opened, await isStill(path), settings, detector, signal)
  const widths = new Map(reader.tracks.map(({ id, quality }) => [id, quality.size]))
  const kept = settings.faces === 'all' ? clips : largest(clips)
  const cached: CachedClip[] = []
  for (const { track, clip, seconds, regions, images, repeated } of kept) {
    const landmarks = landmarker ? await landmarksOf(images, settings, landmarker, signal) : []
    cached.push({ track, faceWidth: widths.get(track)!, clip, seconds, regions, images, landmarks, repeated })
  }
  return cached.toSorted((one, other) => one.clip - other.clip || one.track - other.track)
}

async function read(
  video: Video,
  still: boolean,
  settings: ResolvedCropSettings,
  detector: FaceDetector,
  signal: AbortSignal,
): Promise<{ clips: FaceClip[]; reader: ClipReader }> {
  const { span, rate, size, margin } = settings
  const [layout, most] = still ? [{ snippets: 1, frames: 1 }, 1] : [settings.layout, settings.clips]
  const duration = await durationOf(video, { signal })
  const plan = planClips([{ from: 0, to: duration }], layout, video.info.frameRate, { clips: most, span, rate })
  const reader = new ClipReader(video, detector, plan, size, { margin, signal })
  const clips: FaceClip[] = []
  for await (const found of reader) clips.push(found)
  return { clips, reader }
}

/** Of each clip the largest face. */
function largest(clips: readonly FaceClip[]): FaceClip[] {
  const best = new Map<number, FaceClip>()
  for (const found of clips) {
    const other = best.get(found.clip)
    if (!other || found.regions[0]!.width > other.regions[0]!.width) best.set(found.clip, found)
  }
  return [...best.values()]
}

/** Smoothed within each snippet, whose frames follow each other. Images that stand in for others are looked at once. */
async function landmarksOf(
  images: readonly Image[],
  { margin, layout }: ResolvedCropSettings,
  landmarker: Landmarker,
  signal: AbortSignal,
): Promise<Landmarks[]> {
  const known = new Map<Image, Landmarks>()
  for (const image of new Set(images)) {
    known.set(image, await landmarker.locate(image, { around: faceBoxInCrop(image, margin), signal }))
  }
  const found = images.map((image) => known.get(image)!)
  const snippets = Array.from({ length: Math.ceil(found.length / layout.frames) }, (_, i) =>
    found.slice(i * layout.frames, (i + 1) * layout.frames),
  )
  return snippets.flatMap(smoothed)
}
