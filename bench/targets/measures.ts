import { qualities } from '../../src/calibrate/qualities.ts'
import type { Evaluation } from '../../src/evaluate/evaluation.ts'
import { type Figure, shareOf } from './figure.ts'
import { goals, type TargetName } from './goals.ts'
import { pairsInOrder } from './pairs.ts'
import { type Session, talking } from './session.ts'

/** How each group of targets is measured. */
export const measures: Readonly<Record<TargetName, (session: Session) => Promise<Figure[]>>> = {
  dfl: async (session) => {
    const evaluation = await session.evaluated('dfl', session.of(['dfl']))
    const { above, pairs } = pairsInOrder(evaluation.videos)
    return [
      auc('DeepFaceLive', evaluation, goals.dfl.auc),
      {
        target: 'DeepFaceLive, fake above its own real twin',
        goal: goals.dfl.pairs,
        isShare: true,
        of: `${pairs} pairs`,
        ...shareOf(above, pairs),
      },
    ]
  },

  // VidTIMIT has a few JPEG frames of each video, DeepfakeTIMIT is H.264: both are given as few frames and one codec.
  timit: async (session) => {
    const treatment = { frames: 7, recode: 23 }
    const of = (kind: string) => session.evaluated(kind, session.of(['vidtimit', kind]), treatment)
    return [
      auc('DeepfakeTIMIT HQ against VidTIMIT', await of('timit-hq'), goals.timit.hq),
      auc('DeepfakeTIMIT LQ against VidTIMIT', await of('timit-lq'), goals.timit.lq),
    ]
  },

  'false-alarms': async (session) => {
    const seen = { plain: 'as they are', crf30: 'H.264 CRF 30', crf38: 'H.264 CRF 38', half: 'half size' } as const
    const figures: Figure[] = []
    for (const quality of ['plain', 'crf30', 'crf38', 'half'] as const) {
      const treatment = quality === 'plain' ? undefined : qualities[quality]
      const evaluation = await session.evaluated(quality, session.of(talking, 'real'), treatment)
      figures.push(falseAlarms(`real called fake, ${seen[quality]}`, evaluation))
    }
    return figures
  },

  forged: async (session) => [auc('forged, all areas', await forged(session), goals.forged.auc)],

  mouth: async (session) => [auc('forged, mouth only', await forged(session, 'mouth'), goals.mouth.auc)],

  pointing: async (session) => {
    const fakes = (await session.forged()).map(({ fake }) => fake)
    const { maps, chance, videos, frames, failures } = await session.localised(fakes)
    const faint = failures.filter(({ reason }) => reason === 'mask-unseen').length
    const failed = failures.length - faint
    return [
      {
        target: 'Grad-CAM points at what was forged',
        goal: goals.pointing.share,
        isShare: true,
        of: `${videos} fakes${failed === 0 ? '' : ` (${failed} failed)`}`,
        ...(maps.cam?.pointing ?? { value: null, low: null, high: null }),
        note: [
          `guessing hits ${(100 * chance.pointing).toFixed(1)} %, of ${frames} frames`,
          // forged to less than half, a mask does not call it forged
          ...(faint === 0 ? [] : [`left out for a faint mask: ${faint}`]),
        ].join('; '),
      },
    ]
  },
}

async function forged(session: Session, region?: 'mouth'): Promise<Evaluation> {
  const twins = await session.forged(region)
  return session.evaluated(
    region ?? 'forged',
    twins.flatMap(({ real, fake }) => [real, fake]),
  )
}

function auc(name: string, { video, failed }: Evaluation, goal: Figure['goal']): Figure {
  const lost = failed.real + failed.fake
  return {
    target: `${name}, AUC`,
    goal,
    isShare: false,
    of: `${video.count.real} + ${video.count.fake}${lost === 0 ? '' : ` (${lost} failed)`}`,
    ...video.auc,
  }
}

function falseAlarms(target: string, { videos, failures, threshold }: Evaluation): Figure {
  const called = videos.filter(({ probability }) => probability >= threshold)
  const bySubset = [...Map.groupBy(videos, ({ subset }) => subset)].map(([subset, own]) => {
    return `${subset} ${called.filter((video) => video.subset === subset).length} of ${own.length}`
  })
  return {
    target,
    goal: goals['false-alarms'].share,
    isShare: true,
    of: `${videos.length}${failures.length === 0 ? '' : ` (${failures.length} failed)`}`,
    ...shareOf(called.length, videos.length),
    note: bySubset.sort().join(', '),
  }
}
