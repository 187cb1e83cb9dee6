import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isStill } from '../../dataset/still.ts'
import { UnmaskError } from '../../errors.ts'
import { openFaceDetector } from '../../face/detector.ts'
import type { AreaName } from '../../face/landmarks/areas.ts'
import { openLandmarker } from '../../face/landmarks/landmarker.ts'
import { openForger } from '../../forge/forger.ts'
import type { ForgeryKind } from '../../forge/pair.ts'
import type { Resynthesiser } from '../../forge/resynthesiser.ts'
import { openOutputFolder } from '../faces/output-folder.ts'
import { interruptSignal } from '../interrupt.ts'
import { count } from '../text.ts'
import { inputPaths, spread } from './inputs.ts'
import { isOurs } from './outputs.ts'
import { writePairs } from './pairs.ts'
import { readForgeRecipe } from './recipe.ts'
import { readSources, type Source } from './sources.ts'
import { writeTwins } from './twins.ts'

/** What the command line asked for. */
export interface ForgeOptions {
  readonly out: string
  readonly count: number
  readonly region?: AreaName
  readonly kind?: ForgeryKind
  readonly video: boolean
  readonly recipe?: string
  readonly generators?: string
  readonly size: number
  readonly frames: number
  readonly seed: number
  readonly force: boolean
}

/** Forges pairs of the inputs' faces and, if asked for, the twins of whole videos. */
export async function forge(names: readonly string[], options: ForgeOptions): Promise<void> {
  const signal = interruptSignal()
  const recipe = await readForgeRecipe(options.recipe)
  const paths = await inputPaths(names)
  await using folder = await openOutputFolder(options.out, isOurs, options.force)
  await using resynthesiser = await openGenerators(options.generators)
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const finders = { detector, landmarker }
  const used = options.video ? paths : spread(paths, Math.max(options.count, 2))
  const clips = Math.max(Math.ceil(options.count / used.length), 1)
  const inputs = await readSources(used, { clips, frames: options.frames, size: options.size }, finders, signal)
  checkKind(options, inputs, resynthesiser)
  const forger = await openForger(recipe, resynthesiser ? { resynthesiser } : {})
  const pairs = await writePairs(folder.temporary, inputs, forger, options, signal)
  const videos = options.video ? await moving(inputs) : []
  const tools = { ...finders, resynthesiser, signal }
  const twins = await writeTwins(folder.temporary, videos, inputs, recipe, options, tools)
  const json = { format: 'unmask-forge', version: 1, seed: options.seed, recipe, pairs, twins }
  await writeFile(join(folder.temporary, 'forge.json'), `${JSON.stringify(json, undefined, 2)}\n`)
  await folder.commit()
  const made = [
    count(pairs.length),
    pairs.length === 1 ? 'pair' : 'pairs',
    ...(videos.length > 0 ? ['and', count(videos.length), videos.length === 1 ? 'twin' : 'twins'] : []),
  ]
  console.log(`wrote ${join(options.out, 'forge.json')}, ${made.join(' ')}`)
}

async function openGenerators(path: string | undefined): Promise<(Resynthesiser & AsyncDisposable) | undefined> {
  if (path === undefined) return undefined
  const { openResynthesiser } = await import('../../forge/resynthesis/resynthesiser.ts')
  return openResynthesiser(path)
}

function checkKind({ kind }: ForgeOptions, inputs: readonly unknown[], resynthesiser: unknown): void {
  if (kind === 'swap' && inputs.length < 2) {
    throw new UnmaskError('option-invalid', '--kind swap needs the faces of two inputs at least')
  }
  if (kind === 'resynthesis' && !resynthesiser) {
    throw new UnmaskError('option-invalid', '--kind resynthesis needs --generators')
  }
}

/** The first clip of each input that is a video. */
async function moving(inputs: readonly (readonly Source[])[]): Promise<Source[]> {
  const firsts = inputs.map(([first]) => first!)
  const stills = await Promise.all(firsts.map(({ path }) => isStill(path)))
  return firsts.filter((_, i) => !stills[i])
}
