import type { DataEntry } from '../dataset/entry.ts'
import { calibrationKey } from '../detect/calibration.ts'
import { clipsOfShort } from '../detect/clips-to-look-at.ts'
import { type ScoreDatasetOptions, scoreDataset } from '../evaluate/run/score-dataset.ts'
import type { FailedVideo, ScoredVideo } from '../evaluate/scored.ts'
import type { StoredModel } from '../network/model-file.ts'
import type { MeasuredVideo } from './measured.ts'
import { type QualityName, qualities } from './qualities.ts'

/** A video to calibrate on, and who is seen in it. */
export interface VideoOfPerson {
  readonly entry: DataEntry
  readonly person: string
}

export interface MeasureOptions
  extends Pick<ScoreDatasetOptions, 'device' | 'cacheFolder' | 'lanes' | 'signal' | 'onProgress'> {
  readonly model: StoredModel
  readonly qualities: readonly QualityName[]
}

/** A video of which nothing can be said at a quality. */
export interface UnmeasuredVideo extends FailedVideo {
  readonly quality: QualityName
}

/**
 * The margins of videos at each quality, without any calibration that the model has. Videos without a face are listed.
 * @throws what `scoreDataset` throws
 */
export async function measureVideos(
  videos: readonly VideoOfPerson[],
  { model, qualities: wanted, onProgress, ...options }: MeasureOptions,
): Promise<{ readonly videos: MeasuredVideo[]; readonly failures: UnmeasuredVideo[] }> {
  const { [calibrationKey]: _, ...metadata } = model.metadata
  const people = new Map(videos.map(({ entry, person }) => [entry.path, person]))
  const measured: MeasuredVideo[] = []
  const failures: UnmeasuredVideo[] = []
  for (const [before, quality] of wanted.entries()) {
    const { cells } = await scoreDataset(
      videos.map(({ entry }) => entry),
      {
        ...options,
        // as a detection looks at a video of less than four minutes
        clips: clipsOfShort,
        model: { ...model, metadata },
        ...(quality !== 'plain' && { treatment: qualities[quality] }),
        onProgress: ({ videos: done, known }) =>
          onProgress?.({ videos: before * videos.length + done, known, videosPlanned: wanted.length * videos.length }),
      },
    )
    const inOrder = cells[0]!.videos.toSorted((one, other) => (one.path < other.path ? -1 : 1))
    measured.push(...inOrder.map((video) => measuredOf(video, people.get(video.path)!, quality)))
    failures.push(...cells[0]!.failures.map((failure) => ({ ...failure, quality })))
  }
  return { videos: measured, failures }
}

function measuredOf({ path, label, faces }: ScoredVideo, person: string, quality: QualityName): MeasuredVideo {
  return {
    path,
    label,
    person,
    quality,
    faces: faces.map(({ width, clips }) => ({ width, margins: clips.map(({ probability }) => marginOf(probability)) })),
  }
}

/** Beyond this the probability that a margin gives is 1 in double precision. */
const largestMargin = 36

/** The margin that plain softmax makes this probability of. */
function marginOf(probability: number): number {
  const margin = Math.log(probability) - Math.log1p(-probability)
  return Math.min(Math.max(margin, -largestMargin), largestMargin)
}
