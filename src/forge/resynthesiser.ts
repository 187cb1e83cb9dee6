import type { AreaName } from '../face/landmarks/areas.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'

/** Makes faces anew, as the generators of forgers do. */
export interface Resynthesiser {
  /**
   * @param images square crops of one face, of one size
   * @param landmarks of each image, in its pixels
   * @param random decides which generator it is and how it is used: the same for all of the images
   * @param area what of the face must be generated at least; default: all of it
   * @returns images of the same size whose face was generated
   */
  resynthesise(
    images: readonly Image[],
    landmarks: readonly Landmarks[],
    random: Random,
    area?: AreaName,
  ): Promise<readonly Image[]>
}
