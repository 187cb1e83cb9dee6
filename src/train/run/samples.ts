import { blendHeatMap } from '../../draw/heat-map.ts'
import { blankImage, copyImage, paste } from '../../draw/image.ts'
import { drawText } from '../../draw/text.ts'
import type { NetworkConfig } from '../../network/config.ts'
import type { Batch } from '../../network/trainer.ts'
import type { Image } from '../../video/image.ts'
import { writeImage } from '../../video/node/writer/image.ts'

/** Pictures side by side, and strips of three lines below each other at most. */
const [columns, most] = [8, 4]
const [gap, wordsHeight] = [4, 18]

/** One picture as the network is fed it, and the forged area of it. */
interface Fed {
  readonly image: Image
  readonly marked: Image
}

/**
 * Writes a sheet of what the network is fed: real ones, their fakes below them, and these once more with what was forged
 * marked. A strip is of several pairs where the network sees frames, else of several frames of one pair.
 */
export async function writeSamples(path: string, batches: readonly Batch[], { input }: NetworkConfig): Promise<void> {
  const pairs = batches.flatMap((batch) => pairsOf(batch).map((pair) => ({ batch, pair })))
  const frames = batches[0]!.clip.shape[2]!
  const strips = Math.min(most, frames === 1 ? Math.ceil(pairs.length / columns) : pairs.length)
  const stripHeight = 3 * (input.size + gap) + wordsHeight
  const sheet = blankImage(columns * (input.size + gap) + gap, strips * stripHeight)
  for (let strip = 0; strip < strips; strip++) {
    const top = strip * stripHeight
    drawText(sheet, 'real, fake, forged area', gap, top + 2, { scale: 2 })
    for (let column = 0; column < columns; column++) {
      const at = frames === 1 ? strip * columns + column : strip
      const frame = Math.floor((column * frames) / columns)
      if (!pairs[at] || (frames > 1 && frames < columns && column >= frames)) continue
      const { batch, pair } = pairs[at]
      const [real, fake] = pair.map((clip) => fed(batch, clip, frame, input))
      const x = gap + column * (input.size + gap)
      for (const [line, image] of [real!.image, fake!.image, fake!.marked].entries()) {
        paste(sheet, image, x, top + wordsHeight + line * (input.size + gap))
      }
    }
  }
  await writeImage(path, sheet)
}

/** Real and fake take turns in a batch. */
function pairsOf({ labels }: Batch): [number, number][] {
  return Array.from({ length: labels.data.length / 2 }, (_, i) => [2 * i, 2 * i + 1])
}

function fed({ clip, area }: Batch, index: number, frame: number, input: NetworkConfig['input']): Fed {
  const image = pictureOf(clip.data as Float32Array, index, frame, clip.shape[2]!, input)
  const marked = copyImage(image)
  if (area) {
    const [, frames, height, width] = area.shape as [number, number, number, number]
    const begin = (index * frames + frame) * height * width
    const values = (area.data as Float32Array).subarray(begin, begin + height * width)
    blendHeatMap(marked, { width, height, values }, { x: 0, y: 0, width: input.size, height: input.size })
  }
  return { image, marked }
}

/** Undoes what `clipTensor` did. */
function pictureOf(
  values: Float32Array,
  index: number,
  frame: number,
  frames: number,
  { size, mean, deviation }: NetworkConfig['input'],
): Image {
  const image = blankImage(size, size)
  const plane = size * size
  for (let channel = 0; channel < 3; channel++) {
    const begin = ((index * 3 + channel) * frames + frame) * plane
    for (let i = 0; i < plane; i++) {
      const level = 255 * (values[begin + i]! * deviation[channel]! + mean[channel]!)
      image.data[3 * i + channel] = Math.round(Math.min(Math.max(level, 0), 255))
    }
  }
  return image
}
