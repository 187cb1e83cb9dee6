import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheFolder } from '../../src/dataset/cache/folder.ts'
import type { OnTrainEvent } from '../../src/train/events.ts'
import type { Recipe } from '../../src/train/recipe.ts'
import { readMetrics } from '../../src/train/run/metrics-log.ts'
import { train } from '../../src/train/train.ts'
import { median } from '../median.ts'

/** What `unmask train` itself logs of a run: frames or clips a second, and the share of the time that steps waited. */
export async function wholeLoop(recipe: Recipe, onEvent: OnTrainEvent = () => {}) {
  const out = await mkdtemp(join(tmpdir(), 'unmask-bench-train-'))
  try {
    await train(recipe, out, { cache: defaultCacheFolder(), device: { device: 'cpu' }, onEvent })
    const lines = (await readMetrics(join(out, 'metrics.jsonl'))).filter((line) => line.kind === 'train')
    // the first ones live on batches that were made before the step began
    const steady = lines.slice(Math.ceil(lines.length / 4))
    return {
      perSecond: median(steady.map(({ perSecond }) => perSecond)),
      waiting: median(steady.map(({ waiting }) => waiting)),
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
