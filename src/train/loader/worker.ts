/** A thread that makes batches: reads crops, forges, degrades, normalises. */
import { parentPort, workerData } from 'node:worker_threads'
import { openCropCache } from '../../dataset/cache/cache.ts'
import { UnmaskError } from '../../errors.ts'
import { openForger } from '../../forge/forger.ts'
import type { Resynthesiser } from '../../forge/resynthesiser.ts'
import { featureSize } from '../../network/feature-size.ts'
import type { Batch } from '../../network/trainer.ts'
import { Random } from '../../tensor/random.ts'
import { batchOf, type SeenPair } from './batch.ts'
import type { LoaderAnswer, LoaderFailure, LoaderJob, LoaderQuestion } from './job.ts'
import { RecentClips } from './recent-clips.ts'
import { Sampler } from './sampler.ts'

const port = parentPort!
const { recipe, stage, config, pools, generators, cache: folder, crops, contents } = workerData as LoaderJob
const layout = { config, cells: featureSize(config), classWeights: stage.classWeights }
const random = new Random(recipe.seed).fork('batches').fork(stage.name)

/** Pictures that a thread keeps: some 4,000 portraits, or the clips of 60 videos. */
const keptBytes = 512 * 2 ** 20

const opened = new AsyncDisposableStack()
let ending = false

async function openSampler(): Promise<Sampler> {
  const cache = opened.use(await openCropCache(folder, crops, { contents }))
  const recent = new RecentClips(cache, keptBytes)
  const resynthesiser = generators === null ? undefined : await openGenerators(generators)
  const forger = await openForger(recipe.forge, resynthesiser ? { resynthesiser } : {})
  return new Sampler(pools, recipe, stage, config.input, forger, (entry) => recent.clips(entry))
}

async function openGenerators(path: string): Promise<Resynthesiser> {
  const { openResynthesiser } = await import('../../forge/resynthesis/resynthesiser.ts')
  return opened.use(await openResynthesiser(path))
}

/** The micro-batches of a step, whichever steps were asked for before. */
async function batchesOf(step: number, sampler: Sampler): Promise<Batch[]> {
  const batches: Batch[] = []
  for (let part = 0; part < stage.accumulate; part++) {
    const pairs: SeenPair[] = []
    for (let i = 0; i < stage.batch / 2; i++) {
      if (ending) throw new UnmaskError('disposed', 'the thread was told to end')
      pairs.push(await sampler.pair(random.fork(step).fork(part).fork(i)))
    }
    batches.push(batchOf(pairs, layout))
  }
  return batches
}

async function answer(step: number, sampler: Sampler): Promise<void> {
  try {
    const batches = await batchesOf(step, sampler)
    const memory = batches.flatMap((batch) => Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer))
    port.postMessage({ step, batches } satisfies LoaderAnswer, memory)
  } catch (error) {
    port.postMessage({ step, failure: failureOf(error) } satisfies LoaderAnswer)
  }
}

function failureOf(error: unknown): LoaderFailure {
  const message = error instanceof Error ? error.message : String(error)
  return { message, ...(error instanceof UnmaskError && { code: error.code }) }
}

try {
  const sampler = await openSampler()
  let queue: Promise<void> = Promise.resolve()
  port.on('message', (question: LoaderQuestion) => {
    if ('step' in question) queue = queue.then(() => answer(question.step, sampler))
    else {
      ending = true
      queue.then(end)
    }
  })
  port.postMessage({ ready: true } satisfies LoaderAnswer)
} catch (error) {
  port.postMessage({ unready: failureOf(error) } satisfies LoaderAnswer)
  await end()
}

/** Lets the thread end by itself: nothing keeps it any more. */
async function end(): Promise<void> {
  port.close()
  await opened.disposeAsync()
}
