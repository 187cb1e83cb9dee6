import { writeFile } from 'node:fs/promises'
import { ClipReader } from '../../src/clip/reader.ts'
import { clipsToLookAt } from '../../src/detect/clips-to-look-at.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import { openVideo } from '../../src/video/open.ts'

/** What the paper's network is given of a clip. */
const layout = { snippets: 5, frames: 20 }
const size = 112

/**
 * Cuts the clips out that a detector would look at, as the paper's network takes them, into a file of bytes [clips, 100,
 * 112, 112, 3].
 * @returns how many
 */
export async function writeCrops(video: string, path: string): Promise<number> {
  await using opened = await openVideo(video)
  await using detector = await openFaceDetector()
  const { durationSeconds = 0, frameRate } = opened.info
  const plan = clipsToLookAt(durationSeconds, layout, frameRate)
  const clips: Uint8Array[] = []
  for await (const { images } of new ClipReader(opened, detector, plan, size)) {
    clips.push(Buffer.concat(images.map(({ data }) => data)))
  }
  await writeFile(path, Buffer.concat(clips))
  return clips.length
}
