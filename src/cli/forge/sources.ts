import { basename } from 'node:path'
import { cutOut } from '../../dataset/cache/cut-out.ts'
import type { CachedClip } from '../../dataset/face-clip.ts'
import { UnmaskError } from '../../errors.ts'
import type { FaceDetector } from '../../face/detector.ts'
import type { Landmarker } from '../../face/landmarks/landmarker.ts'
import { startProgress } from '../progress.ts'

/** How much larger crops are than what is shown of them: room to move. */
export const margin = 1.25

/** What finds faces and their landmarks. */
export interface Finders {
  readonly detector: FaceDetector
  readonly landmarker: Landmarker
}

/** A clip of a real face, and where it is from. */
export interface Source extends CachedClip {
  readonly path: string
}

/**
 * The largest face of each input, so many clips of each video at most. Inputs without a face are told and left out.
 * @param size of what is shown, pixels
 * @throws UnmaskError `face-missing` when there is none in any; what reading videos throws
 */
export async function readSources(
  paths: readonly string[],
  { clips, frames, size }: { readonly clips: number; readonly frames: number; readonly size: number },
  finders: Finders,
  signal: AbortSignal,
): Promise<Source[][]> {
  const settings = {
    layout: { snippets: 1, frames },
    ...{ clips, span: frames / 30, rate: 30, size: Math.round(size * margin), margin, landmarks: true },
    faces: 'largest' as const,
  }
  using progress = startProgress('finding faces', 'inputs')
  const all: Source[][] = []
  for (const [done, path] of paths.entries()) {
    const found = await cutOut(path, settings, { ...finders, isolated: true }, signal)
    signal.throwIfAborted()
    if (found.length === 0) console.error(`unmask: no face found in ${path}`)
    else all.push(found.map((clip) => ({ ...clip, path })))
    progress.update(done + 1, (done + 1) / paths.length)
  }
  if (all.length === 0) {
    const where = paths.length === 1 ? basename(paths[0]!) : `any of ${paths.length} inputs`
    throw new UnmaskError('face-missing', `no face was found in ${where}`)
  }
  return all
}
