import { UnmaskError } from '../errors.ts'
import type { AreaName } from '../face/landmarks/areas.ts'
import type { FaceFrames, ForgeryKind } from './pair.ts'

/** What a fake is to be made of. */
export interface ForgeRequest {
  /** Squares of one size. */
  readonly source: FaceFrames
  /** How much larger these crops are than what a network is shown: 1.25 shows a quarter more, so that there is room to move. */
  readonly margin: number
  /** Side of the results, pixels. */
  readonly size: number
  /** How many are wanted: as many as the source has, or any number of a still. */
  readonly frames: number
  /** Into how many snippets of consecutive frames they fall, with jumps in time between; default 1. */
  readonly snippets?: number
  /** Another person, for `swap`. */
  readonly donor?: FaceFrames
  /** Default: drawn, of those that are possible. */
  readonly kind?: ForgeryKind
  /** What of the face is forged; default: drawn. */
  readonly region?: AreaName
}

/** Points of the face mesh, two numbers each. */
const landmarkNumbers = 936

/** @throws UnmaskError `option-invalid` */
export function checkRequest(request: ForgeRequest, canResynthesise: boolean): void {
  const { source, donor, margin, size, frames, snippets = 1, kind } = request
  checkFaces(source, 'source')
  if (donor) checkFaces(donor, 'donor')
  const side = source.images[0]!.width
  if (source.images.some(({ width, height }) => width !== side || height !== side)) {
    fail('the images of the source are not squares of one size')
  }
  const isCount = (value: number) => Number.isInteger(value) && value >= 1
  if (!(margin >= 1 && margin <= 8)) fail(`a margin of ${margin} is not within 1 to 8`)
  if (!isCount(size) || size < 2) fail(`a size of ${size} pixels is none`)
  if (!isCount(frames) || !isCount(snippets) || frames % snippets !== 0) {
    fail(`${frames} frames cannot be ${snippets} snippets of equal length`)
  }
  if (source.images.length > 1 && source.images.length !== frames) {
    fail(`${frames} frames are wanted of a source of ${source.images.length}`)
  }
  if (kind === 'swap' && !donor) fail('a swap needs a donor')
  if (kind === 'resynthesis' && !canResynthesise) fail('a resynthesis needs generators')
}

function checkFaces({ images, landmarks }: FaceFrames, what: string): void {
  if (images.length === 0) fail(`the ${what} has no images`)
  if (images.length !== landmarks.length) fail(`the ${what} has ${images.length} images, ${landmarks.length} landmarks`)
  if (landmarks.some(({ length }) => length !== landmarkNumbers)) {
    fail(`the landmarks of the ${what} are not ${landmarkNumbers} numbers each`)
  }
}

function fail(problem: string): never {
  throw new UnmaskError('option-invalid', `forge: ${problem}`)
}
