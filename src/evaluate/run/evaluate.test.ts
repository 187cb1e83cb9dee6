import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { clip, clipFolder, ffmpegMissing } from '../../../test/clips.ts'
import { sharedFile } from '../../../test/shared.ts'
import { openCropCache } from '../../dataset/cache/cache.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { openScorer } from '../../detect/scorer.ts'
import { networkConfig } from '../../network/config.ts'
import { decodeModel, encodeModel, type StoredModel } from '../../network/model-file.ts'
import { smallNetwork } from '../../network/testing/small-network.ts'
import { initialWeights } from '../../network/weights.ts'
import { parsePerturbations } from '../perturb/kinds.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'
import { scoreEntries } from './score-entries.ts'
import { ScoreLog } from './score-log.ts'

const names = ['Dean_Wiesel_0', 'Liu_Lice_0']
const videos = names.flatMap((name) =>
  (['real', 'fake'] as const).map((label) => ({ label, path: sharedFile(`data/val/${label}/dfl/${name}.mp4`) })),
)
const reason = videos.every(({ path }) => path) ? ffmpegMissing : 'needs ../shared/data'

const config = networkConfig({ ...smallNetwork, input: { snippets: 2, frames: 3, size: 48 } })
const plan = { clips: 1, span: 1, replicates: 50 }

let model: StoredModel
let entries: DataEntry[]
const entry = (path: string, label: DataEntry['label'], subset: string): DataEntry => {
  return { path, label, subset, identities: [], split: null }
}

/** The path from the last two folders on. */
const nameOf = ({ path }: DataEntry) => path.split('/').slice(-3).join('/')

beforeAll(async () => {
  if (reason) return
  model = await decodeModel(encodeModel({ config, weights: initialWeights(config, 3), metadata: { name: 'tiny' } }))
  const text = join(clipFolder(), 'text.mp4')
  await writeFile(text, 'This is no video.\n'.repeat(100))
  const torn = join(clipFolder(), 'copy.mp4')
  await copyFile(videos[0]!.path!, torn)
  const black = await clip('black.mp4', ['-f', 'lavfi', '-i', 'color=black:size=128x96:duration=1', '-c:v', 'libx264'])
  entries = [
    ...videos.map(({ path, label }) => entry(path!, label, 'dfl')),
    entry(text, 'fake', 'broken'),
    entry(black, 'real', 'broken'),
    entry(join(clipFolder(), 'nowhere.mp4'), 'real', 'broken'),
    entry(torn, 'real', 'copies'),
  ]
})

describe.skipIf(reason)(`an evaluation${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const options = (more: Partial<EvaluateOptions> = {}): EvaluateOptions => ({ model, ...plan, nameOf, ...more })

  test('scores what it can, names what it cannot, and stops for nothing', async () => {
    const progress: number[] = []
    const evaluation = await evaluate(entries, options({ onProgress: ({ videos }) => progress.push(videos) }))
    expect(evaluation.video.count).toEqual({ real: 3, fake: 2 })
    expect(evaluation.failed).toEqual({ real: 2, fake: 1 })
    expect(evaluation.failures.map(({ path, reason }) => [path.split('/').at(-1), reason])).toEqual(
      expect.arrayContaining([
        ['text.mp4', 'video-format'],
        ['black.mp4', 'no-face'],
        ['nowhere.mp4', 'file-access'],
      ]),
    )
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(evaluation.protocol).toMatchObject({
      model: { name: 'tiny', hash: model.hash },
      plan: { clips: 1, span: 1, rate: 30 },
      faces: 'all',
    })
    const scoreOf = (name: string) => evaluation.videos.find(({ path }) => path.endsWith(name))!
    // The same content gives the same scores wherever it lies.
    expect(scoreOf('copy.mp4').faces).toEqual(scoreOf('real/dfl/Dean_Wiesel_0.mp4').faces)
  })

  test('gives the same result again, from crops, and from a log that it goes on with', async () => {
    const whole = await evaluate(entries, options())
    const path = join(clipFolder(), 'scores.jsonl')
    const controller = new AbortController()
    {
      await using log = await ScoreLog.open(path)
      const ended = evaluate(
        entries,
        options({
          log,
          signal: controller.signal,
          lanes: 1,
          onProgress: ({ videos }) => videos === 2 && controller.abort(new Error('enough')),
        }),
      )
      await expect(ended).rejects.toThrow('enough')
    }
    const known: number[] = []
    {
      await using log = await ScoreLog.open(path)
      const onProgress = (progress: { known: number }) => known.push(progress.known)
      expect(await evaluate(entries, options({ log, onProgress }))).toEqual(whole)
    }
    // Two videos, and a third that holds the same as the first.
    expect(known.at(-1)).toBe(3)
    expect(await evaluate(entries, options({ cacheFolder: join(clipFolder(), 'crops') }))).toEqual(whole)
  })

  test('has the scores that training sees', async () => {
    const { videos, failures } = await evaluate(entries, options())
    const layout = { snippets: 2, frames: 3 }
    const settings = {
      layout,
      clips: 1,
      span: 1,
      rate: 30,
      size: 48,
      margin: 1,
      landmarks: false,
      faces: 'all',
    } as const
    await using cache = await openCropCache(join(clipFolder(), 'crops'), settings)
    await using scorer = await openScorer(model, { device: 'cpu', threads: 1 })
    const scored = await scoreEntries(scorer, cache, entries, { nameOf })
    expect(scored.videos.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(videos)
    expect(scored.failures.map(({ path, reason }) => `${path} ${reason}`).sort()).toEqual(
      failures.map(({ path, reason }) => `${path} ${reason}`),
    )
  })

  test('under perturbations is of the same videos', async () => {
    const perturbations = parsePerturbations('saturation:5,compression:1')
    const chosen = entries.slice(0, 2)
    const evaluation = await evaluate(chosen, options({ perturbations }))
    const { perturbations: found, ...clean } = evaluation
    expect(await evaluate(chosen, options())).toEqual(clean)
    expect(Object.keys(found!)).toEqual(['saturation', 'compression'])
    for (const cell of [found!.saturation![5], found!.compression![1]]) {
      expect(cell!.video.count).toEqual({ real: 1, fake: 1 })
      expect(cell!.video.logLoss).not.toEqual(clean.video.logLoss)
    }
    expect(await evaluate(chosen, options({ perturbations }))).toEqual(evaluation)
  })

  test('treats all videos alike before it looks at them', async () => {
    const treatment = { frames: 6, recode: 30, size: 0.5 }
    const { videos, protocol } = await evaluate(entries.slice(0, 2), options({ treatment }))
    expect(protocol).toMatchObject({ treatment })
    const plain = await evaluate(entries.slice(0, 2), options())
    for (const [i, { faces }] of videos.entries()) {
      expect(faces[0]!.width / plain.videos[i]!.faces[0]!.width).toBeCloseTo(0.5, 1)
      expect(faces[0]!.clips[0]!.toSeconds).toBeLessThanOrEqual(5 / 25)
    }
  })

  test('of localisation needs masks, and says so before the work', async () => {
    await expect(evaluate(entries, options({ localise: true }))).rejects.toThrow('needs fakes with masks')
  })
})
