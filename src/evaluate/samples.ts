import type { Level } from './evaluation.ts'
import type { Samples } from './metrics/samples.ts'
import type { ScoredVideo } from './scored.ts'

/** The samples of a level; clusters are the places of the videos in the list. */
export function samplesOf(videos: readonly ScoredVideo[], level: Level): Samples {
  const rows = videos.flatMap((video, place) =>
    probabilities(video, level).map((score) => ({ score, fake: video.label === 'fake' ? 1 : 0, place })),
  )
  return {
    scores: rows.map(({ score }) => score),
    fake: rows.map(({ fake }) => fake),
    clusters: rows.map(({ place }) => place),
  }
}

/** The clusters of each label, for the bootstrap; a label without videos has no stratum. */
export function strataOf(videos: readonly Pick<ScoredVideo, 'label'>[]): number[][] {
  const places = [...videos.keys()]
  return (['real', 'fake'] as const)
    .map((label) => places.filter((place) => videos[place]!.label === label))
    .filter(({ length }) => length > 0)
}

function probabilities({ faces, probability }: ScoredVideo, level: Level): number[] {
  if (level === 'video') return [probability]
  if (level === 'face') return faces.map(({ probability }) => probability)
  return faces.flatMap(({ clips }) => clips.map(({ probability }) => probability))
}
