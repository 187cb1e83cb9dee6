import type { ReadOptions } from '../options.ts'
import { isPicture, stem, type Walked } from './tree.ts'

/** 001, frame_12, frame0003: how programs name the frames of a video. Stills have names of their own, e.g. Ann_Smith_0001. */
const numbered = /^(frame[-_ ]?)?\d+$/i

/**
 * Whether the pictures of a folder are the frames of one video: at least two, all numbered, nothing else in the folder,
 * and not the first folder itself, which may as well be a numbered collection.
 */
export function holdsFrames({ inside, folders, files }: Walked, frames: ReadOptions['frames']): boolean {
  const pictures = files.filter(isPicture)
  if (frames !== 'auto') return frames === 'always' && pictures.length > 0
  if (inside === '' || folders.length > 0 || pictures.length < 2) return false
  return pictures.every((name) => numbered.test(stem(name)))
}
