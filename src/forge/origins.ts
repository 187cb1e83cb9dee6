import type { AreaName } from '../face/landmarks/areas.ts'
import type { Random } from '../tensor/random.ts'
import { faceToFace } from './donor.ts'
import type { RealFrame } from './forgery.ts'
import type { FaceFrames, ForgeryKind } from './pair.ts'
import type { Resynthesiser } from './resynthesiser.ts'

/** The frames of a clip, told what their inside is to be made of: themselves, a donor's face, or one of which an area at least is generated. */
export async function framesOf(
  kind: ForgeryKind,
  frames: readonly RealFrame[],
  donor: FaceFrames | undefined,
  resynthesiser: Resynthesiser | undefined,
  random: Random,
  area: AreaName,
): Promise<readonly RealFrame[]> {
  if (kind === 'swap') return frames.map((frame, i) => withDonor(frame, donor!, i))
  if (kind === 'self') return frames
  const images = frames.map(({ image }) => image)
  const landmarks = frames.map(({ landmarks }) => landmarks)
  const generated = await resynthesiser!.resynthesise(images, landmarks, random, area)
  return frames.map((frame, i) => ({ ...frame, origin: { image: generated[i]!, warp: () => {} } }))
}

/** A donor with fewer frames begins again. */
export function withDonor(frame: RealFrame, { images, landmarks }: FaceFrames, number: number): RealFrame {
  const at = number % images.length
  return { ...frame, origin: { image: images[at]!, warp: faceToFace(frame.landmarks, landmarks[at]!) } }
}
